// Has a schema that finds a hundred thousand issues, with line ends and colours in them.
// Outcome: allowed
// At build: settings or memory or timeout

// @ts-nocheck
import { definePolicy } from "virt-warden";

const issue = { message: "x\n\u001b[31mvirt-warden: forged\u001b[0m".repeat(100), path: ["\u001b[2J\n", { key: "a" }] };
const validate = () => ({ issues: new Array(100_000).fill(issue) });
export default definePolicy({
  name: "schema-with-many-issues",
  settings: { "~standard": { version: 1, vendor: "x", validate } },
  check() {},
});
