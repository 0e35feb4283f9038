// Makes one array of a hundred million elements.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "one-array",
  check() {
    const all = new Array(1e8).fill(0);
    all[0] = 1;
  },
});
