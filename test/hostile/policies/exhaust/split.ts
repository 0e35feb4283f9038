// Splits a long text into its characters, again and again.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "split",
  check() {
    const all: string[][] = [];
    for (;;) all.push("\u3042x".repeat(500_000).split(""));
  },
});
