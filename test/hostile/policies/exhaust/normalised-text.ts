// Normalises a long text to its longest form, by memory outside the heap.
// Outcome: memory or timeout or exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "normalised-text",
  check() {
    const all: string[] = [];
    for (;;) all.push("\ufdfa".repeat(300_000).normalize("NFKD"));
  },
});
