// Has a `toJSON` write its own object as JSON.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-getter-of-json",
  check() {
    const object = { toJSON: (): string => JSON.stringify(object) };
    JSON.stringify(object);
  },
});
