// Runs out of memory while it is loaded.
// Outcome: memory or timeout
// At build: memory or timeout
import { definePolicy } from "virt-warden";

const all: string[] = [];
for (let i = 0; all.length >= 0; i += 1) all.push(`${String(i).padEnd(100_000, "x")}${i}`);

export default definePolicy({ name: "memory-at-load", check() {} });
