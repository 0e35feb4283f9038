// Returns false, which some would take for "no objection".
// Outcome: invalid
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "returns-false",
  check() {
    return false as unknown as undefined;
  },
});
