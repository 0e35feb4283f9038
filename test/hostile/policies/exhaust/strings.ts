// Keeps ever more long texts.
// Outcome: memory or timeout
// Reason: /ran out of its 16 MiB of memory|timed out after/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "strings",
  check() {
    const all: string[] = [];
    for (let i = 0; ; i += 1) all.push(`${String(i).padEnd(100_000, "x")}${i}`);
  },
});
