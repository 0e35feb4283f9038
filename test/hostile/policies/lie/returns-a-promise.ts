// Returns a promise, whose findings might come too late.
// Outcome: invalid
// Reason: /must be synchronous/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "returns-a-promise",
  check() {
    return Promise.resolve() as unknown as undefined;
  },
});
