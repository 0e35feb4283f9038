// Has V8 call a function that makes and reads further errors when it writes a stack.
// Outcome: exception or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "prepare-stack-trace-again",
  check() {
    Reflect.set(Error, "prepareStackTrace", () => new Error("inside").stack);
    void new Error("outside").stack;
    throw new Error("outside");
  },
});
