// Throws an error whose stack loops when it is read; nobody needs it to say what was thrown.
// Outcome: exception or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "thrown-stack",
  check() {
    const error = new Error("with a stack that loops");
    Object.defineProperty(error, "stack", {
      get() {
        for (;;);
      },
    });
    throw error;
  },
});
