// Freezes every global and every prototype, then denies.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "frozen-world",
  check({ deny }) {
    for (const key of Reflect.ownKeys(globalThis)) {
      const value = (globalThis as unknown as Record<string | symbol, { prototype?: unknown } | undefined>)[key];
      if (typeof value !== "function" && typeof value !== "object") continue;
      if (value?.prototype !== undefined) Object.freeze(value.prototype);
      if (value !== globalThis) Object.freeze(value);
    }
    deny("in a frozen world");
  },
});
