// Returns what other engines would take for a permission.
// Outcome: invalid
// Reason: /check returned a value \(object\)/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "returns-allow",
  check() {
    return { allow: true, status: 0, decision: "allow" } as unknown as undefined;
  },
});
