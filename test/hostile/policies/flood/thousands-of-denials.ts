// Denies ten thousand times.
// Outcome: denied
// Reason: /denied by thousands-of-denials: number 0$/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "thousands-of-denials",
  check({ deny }) {
    for (let i = 0; i < 10_000; i += 1) deny(`number ${i}`);
  },
});
