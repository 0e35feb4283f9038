// Watches an event whose name ends the launcher's line and begins another.
// Outcome: allowed
// At build: invalid

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({ name: "events-unknown", on: ["qemu/prepare\nlog /etc/passwd\nend"], check() {} });
