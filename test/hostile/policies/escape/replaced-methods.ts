// Replaces each method of the built-in objects by one that notes what it is called on, and waits for the engine.
// Outcome: denied
// Never: /caught/

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "replaced-methods",
  check({ deny, warn, log }) {
    const { apply, ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Reflect;
    const caught = [];
    let isWaiting = false;
    const objects = [JSON, Reflect, Object, Math, String, Array, Object.prototype, Array.prototype, String.prototype];
    const more = [
      Number.prototype,
      Promise.prototype,
      Symbol.prototype,
      getPrototypeOf(() => {}),
      getPrototypeOf([].values()),
    ];
    for (const object of [...objects, ...more]) {
      for (const key of ownKeys(object)) {
        const { value, configurable } = getOwnPropertyDescriptor(object, key);
        if (typeof value !== "function" || !configurable || key === "constructor") continue;
        const replacement = function (...words) {
          if (isWaiting) caught[caught.length] = key;
          return apply(value, this, words);
        };
        defineProperty(object, key, { value: replacement });
      }
    }
    isWaiting = true;
    deny("in a world that listens", { at: "name" });
    warn("and warns");
    log.info("and logs", { field: 1 });
    isWaiting = false;
    for (const key of new Set(caught)) deny(`caught ${String(key)}`);
  },
});
