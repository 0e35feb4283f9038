// Watches a million events.
// Outcome: allowed
// At build: invalid or memory or exception

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({ name: "events-of-a-million", on: new Array(1_000_000).fill("qemu/prepare"), check() {} });
