// Fills a weak map, each key kept by the value of the next.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "weak-map",
  check() {
    const map = new WeakMap<object, object>();
    let last = {};
    for (;;) {
      const next = { last };
      map.set(next, { next, last });
      last = next;
    }
  },
});
