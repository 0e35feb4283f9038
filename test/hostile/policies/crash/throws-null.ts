// Throws null.
// Outcome: exception
// Reason: /failed: threw null$/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "throws-null",
  check() {
    throw null;
  },
});
