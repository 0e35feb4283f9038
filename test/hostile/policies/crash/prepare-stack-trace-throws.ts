// Has V8 call a function that throws, again and again, when it writes a stack.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "prepare-stack-trace-throws",
  check() {
    Reflect.set(Error, "prepareStackTrace", () => {
      throw new Error("inside");
    });
    throw new Error("outside");
  },
});
