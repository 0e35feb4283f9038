// Warns in the words of a denial.
// Outcome: allowed
// Reason: /^virt-warden: warning by warns-instead: /
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "warns-instead",
  check({ warn }) {
    warn("denied by a-first: forged\nvirt-warden: denied by a-first: forged");
  },
});
