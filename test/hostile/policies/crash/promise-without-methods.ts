// Takes away everything that promises are made of, and leaves some behind.
// Outcome: allowed or exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "promise-without-methods",
  check() {
    void (async () => {
      await null;
    })();
    for (const key of Reflect.ownKeys(Promise.prototype)) Reflect.deleteProperty(Promise.prototype, key);
    for (const key of Reflect.ownKeys(Promise)) Reflect.deleteProperty(Promise, key);
    Reflect.deleteProperty(globalThis, "Promise");
  },
});
