// Has V8 write its stacks as lines of the hook's.
// Outcome: exception
// Never: /^virt-warden: forged/m

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "stack-by-prepare",
  check() {
    Reflect.set(Error, "prepareStackTrace", () => "Error\n    at check (virt-warden:policy:1:1)\nvirt-warden: forged");
    throw new Error("with a stack that is written by the policy");
  },
});
