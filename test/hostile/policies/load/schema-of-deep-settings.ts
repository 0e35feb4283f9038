// Has a schema that makes settings nested a hundred thousand times.
// Outcome: allowed
// At build: exception or timeout

// @ts-nocheck
import { definePolicy } from "virt-warden";

const validate = () => {
  let value = {};
  for (let i = 0; i < 100_000; i += 1) value = { value };
  return { value };
};
export default definePolicy({
  name: "schema-of-deep-settings",
  settings: { "~standard": { version: 1, vendor: "x", validate } },
  check() {},
});
