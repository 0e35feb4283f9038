// Has a name with a line of the hook's in it, and a path.
// Outcome: allowed
// At build: invalid

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({ name: "a\nvirt-warden: denied by a-first: \u001b[31m../../../etc/passwd", check() {} });
