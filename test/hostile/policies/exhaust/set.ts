// Fills a set without end.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "set",
  check() {
    const set = new Set<string>();
    for (let i = 0; ; i += 1) set.add(`element ${i}`);
  },
});
