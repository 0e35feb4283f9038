// Computes a power with so many digits that V8 works on it for minutes without looking at its timer.
// Outcome: timeout or memory or exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "bigint-power",
  check() {
    const base = 3n ** 10_000_000n;
    void (base * base * base * base);
  },
});
