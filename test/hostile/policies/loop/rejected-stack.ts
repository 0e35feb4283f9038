// Rejects a promise with an error whose stack loops while it is copied out.
// Outcome: timeout or exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "rejected-stack",
  check() {
    const error = new Error("rejected");
    Object.defineProperty(error, "stack", {
      get() {
        for (;;);
      },
    });
    Promise.reject(error);
  },
});
