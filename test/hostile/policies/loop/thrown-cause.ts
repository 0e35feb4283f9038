// Throws an error whose cause loops when it is read.
// Outcome: exception
// Reason: /failed: Error: with a cause that loops/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "thrown-cause",
  check() {
    const error = new Error("with a cause that loops");
    Object.defineProperty(error, "cause", {
      get() {
        for (;;);
      },
    });
    throw error;
  },
});
