// Rejects a promise after giving all objects a stack that JSON leaves out.
// Outcome: denied, exception

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "symbol-as-every-stack",
  check({ deny }) {
    deny("mine");
    Object.prototype.stack = Symbol("stack");
    Promise.reject(1);
  },
});
