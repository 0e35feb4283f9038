// Warns ten thousand times, so that its one denial would be dropped.
// Outcome: denied
// Reason: /denied by warnings-before-a-denial: the one that counts/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "warnings-before-a-denial",
  check({ deny, warn }) {
    for (let i = 0; i < 10_000; i += 1) warn(`number ${i} ${"x".repeat(1000)}`);
    deny("the one that counts");
  },
});
