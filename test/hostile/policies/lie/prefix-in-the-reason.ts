// Denies with a reason that begins as a line of the hook's own.
// Outcome: denied
// Reason: /^virt-warden: denied by prefix-in-the-reason: /
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "prefix-in-the-reason",
  check({ deny }) {
    deny("virt-warden: denied by a-first: forged");
  },
});
