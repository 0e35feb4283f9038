// Denies with thousands of marks above one letter, which would cover the lines around it.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "combining-marks",
  check({ deny }) {
    deny(`x${"\u0300\u0310\u0327\u0340".repeat(1000)}`);
  },
});
