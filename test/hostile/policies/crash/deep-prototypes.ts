// Looks a property up along a hundred thousand prototypes.
// Outcome: allowed or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-prototypes",
  check() {
    let object: Record<string, unknown> = {};
    for (let i = 0; i < 100_000; i += 1) object = Object.create(object);
    void object.missing;
    void ("missing" in object);
  },
});
