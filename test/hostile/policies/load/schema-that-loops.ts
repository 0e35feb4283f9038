// Has a schema for its settings that loops when they are validated.
// Outcome: allowed
// At build: timeout

// @ts-nocheck
import { definePolicy } from "virt-warden";

const validate = () => {
  for (;;);
};
export default definePolicy({
  name: "schema-that-loops",
  settings: { "~standard": { version: 1, vendor: "x", validate } },
  check() {},
});
