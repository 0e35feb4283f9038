// Throws an error that says what is said of a policy that ran out of time.
// Outcome: exception
// Reason: /failed: Error: timed out after 500 ms/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "timeout-by-message",
  check() {
    throw new Error("timed out after 500 ms");
  },
});
