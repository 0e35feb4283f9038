// Gives every object getters that loop, under the names that an engine would read, and denies.
// Outcome: denied, timeout or denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "getters-of-the-prototype",
  check({ deny }) {
    const trap = Object.assign(Object.create(null), {
      get() {
        for (;;);
      },
      configurable: true,
    });
    for (const name of [
      "at",
      "reason",
      "message",
      "stack",
      "default",
      "kind",
      "then",
      "toJSON",
      "get",
      "value",
      "length",
    ]) {
      Object.defineProperty(Object.prototype, name, trap);
    }
    deny("in a world of getters that loop", {});
  },
});
