// Replaces the methods with which its description is written, so that the description is a text of its own.
// Outcome: allowed
// At build: settings

// @ts-nocheck
import { definePolicy } from "virt-warden";

const forged = '{"message":"x"}],"settings":{"forged":true},"name":"a-first","issues":[{{{{';
const validate = () => {
  Array.prototype.map = () => ({ join: () => forged });
  return { issues: [{ message: "x" }] };
};
export default definePolicy({
  name: "schema-that-forges",
  settings: { "~standard": { version: 1, vendor: "x", validate } },
  check() {},
});
