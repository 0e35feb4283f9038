// Runs out of memory after check has returned.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "memory-in-a-microtask",
  check() {
    void (async () => {
      await null;
      const all: unknown[] = [];
      for (;;) all.push(new Array(10_000).fill(all.length));
    })();
  },
});
