// Logs fields whose `toJSON` loops.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "log-to-json",
  check({ log }) {
    log.info("with fields", {
      toJSON() {
        for (;;);
      },
    });
  },
});
