// Gives every text and object a `toJSON` that makes a warning of it.
// Outcome: denied
// Reason: /denied by to-json-of-everything: truly/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "to-json-of-everything",
  check({ deny }) {
    const toJSON = () => ({ level: "warn", reason: "harmless" });
    for (const prototype of [Object.prototype, String.prototype, Array.prototype, Number.prototype, BigInt.prototype]) {
      Object.defineProperty(prototype, "toJSON", { value: toJSON });
    }
    deny("truly");
  },
});
