// Runs out of memory while its reason is made a text.
// Outcome: memory or timeout or denied, timeout or denied, memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "memory-in-a-reason",
  check({ deny }) {
    deny({
      toString() {
        const all: string[] = [];
        for (let i = 0; ; i += 1) all.push(`${String(i).padEnd(100_000, "x")}${i}`);
      },
    } as unknown as string);
  },
});
