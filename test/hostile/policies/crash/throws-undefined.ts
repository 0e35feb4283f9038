// Throws undefined.
// Outcome: exception
// Reason: /failed: threw undefined$/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "throws-undefined",
  check() {
    throw undefined;
  },
});
