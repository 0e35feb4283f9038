// Has a name of five million characters.
// Outcome: allowed
// At build: invalid or memory or exception

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({ name: "a".repeat(5_000_000), check() {} });
