// Makes code from text by the constructors that every function inherits.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "function-constructors",
  check({ deny }) {
    const functions = [() => {}, async () => {}, function* () {}, async function* () {}, class {}, deny, Math.max];
    for (const each of functions) {
      for (let object: unknown = each; object !== null; object = Object.getPrototypeOf(object)) {
        const { constructor } = object as { constructor?: (text: string) => () => unknown };
        if (typeof constructor !== "function") continue;
        try {
          constructor("return globalThis")();
        } catch {
          continue;
        }
        if (constructor !== (Object as unknown)) deny(`${constructor.name} makes code from text`);
      }
    }
  },
});
