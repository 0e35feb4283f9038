// Denies with all that is no text.
// Outcome: denied

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "reasons-that-are-no-text",
  check({ deny }) {
    for (const reason of [undefined, null, 0, 1n, NaN, Symbol("symbol"), {}, [], () => {}, Object.create(null)])
      deny(reason);
    deny();
  },
});
