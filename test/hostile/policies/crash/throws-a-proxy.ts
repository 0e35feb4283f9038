// Throws a proxy all of whose traps throw.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "throws-a-proxy",
  check() {
    const fail = (): never => {
      throw new Error("from a trap");
    };
    throw new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail, ownKeys: fail });
  },
});
