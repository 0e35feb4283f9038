// Denies with a reason whose `toString` loops.
// Outcome: timeout or denied, timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "reason-to-string",
  check({ deny }) {
    deny({
      toString() {
        for (;;);
      },
    } as unknown as string);
  },
});
