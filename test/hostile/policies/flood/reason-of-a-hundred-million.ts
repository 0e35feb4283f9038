// Denies with a reason of a hundred million characters.
// Outcome: denied or memory or denied, timeout or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "reason-of-a-hundred-million",
  check({ deny }) {
    deny("x".repeat(100_000_000));
  },
});
