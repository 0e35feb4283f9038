// Fills a map without end.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "map",
  check() {
    const map = new Map<number, object>();
    for (let i = 0; ; i += 1) map.set(i, { i });
  },
});
