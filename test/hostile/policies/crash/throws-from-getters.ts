// Throws an error whose message, name and stack throw when they are read.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "throws-from-getters",
  check() {
    const fail = {
      get(): never {
        throw new Error("from a getter");
      },
    };
    throw Object.defineProperties(new Error("x"), { message: fail, name: fail, stack: fail, cause: fail });
  },
});
