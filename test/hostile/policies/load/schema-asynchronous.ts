// Has a schema that answers later, when nobody asks any more.
// Outcome: allowed
// At build: invalid

// @ts-nocheck
import { definePolicy } from "virt-warden";

const validate = async (value) => ({ value });
export default definePolicy({
  name: "schema-asynchronous",
  settings: { "~standard": { version: 1, vendor: "x", validate } },
  check() {},
});
