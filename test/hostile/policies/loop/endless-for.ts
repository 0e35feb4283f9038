// Loops without end.
// Outcome: timeout
// Reason: /timed out after 500 ms/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "endless-for",
  check() {
    for (;;);
  },
});
