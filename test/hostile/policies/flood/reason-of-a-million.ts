// Denies with a reason of a million characters, at a place of a million.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "reason-of-a-million",
  check({ deny }) {
    deny("x".repeat(1_000_000), { at: "y".repeat(1_000_000) });
  },
});
