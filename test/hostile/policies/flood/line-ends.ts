// Denies with nothing but line ends, a thousand times.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "line-ends",
  check({ deny }) {
    for (let i = 0; i < 1000; i += 1) deny("\n".repeat(1000));
  },
});
