// Has a check that is no function.
// Outcome: exception
// At build: invalid

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({ name: "no-check", check: { call: () => undefined, apply: () => undefined } });
