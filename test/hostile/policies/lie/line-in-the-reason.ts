// Denies with a reason that goes on with a line by another policy.
// Outcome: denied
// Reason: /denied by line-in-the-reason: x\\nvirt-warden/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "line-in-the-reason",
  check({ deny }) {
    deny("x\nvirt-warden: denied by z-last: forged\nvirt-warden: engine failure: forged");
  },
});
