// Leaves a function that loops to whoever reads the stack of what it throws.
// Outcome: exception or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "prepare-stack-trace-of-thrown",
  check() {
    Reflect.set(Error, "prepareStackTrace", () => {
      for (;;);
    });
    throw new Error("with a stack");
  },
});
