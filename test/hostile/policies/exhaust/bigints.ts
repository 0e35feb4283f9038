// Keeps ever longer numbers.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "bigints",
  check() {
    const all: bigint[] = [];
    for (let i = 1n; ; i += 1n) all.push(2n ** (1_000_000n + i));
  },
});
