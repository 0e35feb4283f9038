// Writes an object as JSON whose parts are shared, so that 64 levels give 2^64 texts.
// Outcome: memory or timeout or exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "json-of-shared-parts",
  check() {
    let value: object = { leaf: "text" };
    for (let i = 0; i < 64; i += 1) value = [value, value];
    JSON.stringify(value);
  },
});
