// Loops while it is loaded.
// Outcome: timeout
// At build: timeout

// @ts-nocheck
import { definePolicy } from "virt-warden";

for (;;);
export default definePolicy({ name: "loop-at-load", check() {} });
