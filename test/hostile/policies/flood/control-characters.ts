// Denies and logs in characters that take six or more each when they are escaped.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "control-characters",
  check({ deny, log }) {
    for (let i = 0; i < 100; i += 1) {
      deny("\u0000\u001b\u007f\u009f".repeat(500), { at: "\u202e".repeat(2000) });
      log.info("\u0001".repeat(2000), { text: "\u0002\u0003".repeat(300) });
    }
  },
});
