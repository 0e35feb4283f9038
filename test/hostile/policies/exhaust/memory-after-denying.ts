// Denies, and then runs out of memory so that its denial would be lost; whichever is told, it is refused.
// Outcome: memory or denied, memory or timeout or denied, timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "memory-after-denying",
  check({ deny }) {
    deny("found before the flood");
    const all: string[] = [];
    for (let i = 0; ; i += 1) all.push(`${String(i).padEnd(100_000, "x")}${i}`);
  },
});
