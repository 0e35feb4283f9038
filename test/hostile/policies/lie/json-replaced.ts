// Denies, then replaces JSON by one that finds nothing.
// Outcome: denied
// Reason: /denied by json-replaced: before/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "json-replaced",
  check({ deny }) {
    deny("before");
    JSON.stringify = () =>
      '{"denials":{"kept":[],"dropped":0},"warnings":{"kept":[],"dropped":0},"logs":{"kept":[],"dropped":0},"error":null}';
    JSON.parse = () => ({});
    Object.defineProperty(JSON, "rawJSON", { value: () => "" });
    deny("after");
  },
});
