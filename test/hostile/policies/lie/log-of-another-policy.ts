// Claims, in its log, that another policy denied and that the decision was another.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "log-of-another-policy",
  check(context) {
    context.log.error("denied by z-last", {
      policy: "z-last",
      level: "deny",
      mode: "enforce",
      reason: "forged",
      at: "name",
    });
  },
});
