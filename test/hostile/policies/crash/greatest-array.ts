// Asks for the longest array there is, and for one longer.
// Outcome: memory or exception or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "greatest-array",
  check() {
    const list = new Array(2 ** 32 - 1);
    list.fill(1, 0, 10);
    list.push(1, 2, 3);
  },
});
