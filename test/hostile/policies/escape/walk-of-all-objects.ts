// Walks everything that can be reached from the context and the global scope, for memory that is not counted, code
// from text, or an object of isolated-vm's.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "walk-of-all-objects",
  check(context) {
    const wanted =
      /Function$|ArrayBuffer|DataView|^(?:Big)?(?:Ui|I)nt\d|^Float\d|^WeakRef|Finalization|^Intl|^Temporal/;
    const engine = /^(?:Reference|ExternalCopy|Isolate|Context|Module|Script|Callback)$/;
    const seen = new Set<unknown>();
    const queue: unknown[] = [globalThis, context, function* () {}, async () => {}, async function* () {}, [].values()];
    while (queue.length > 0) {
      const each = queue.pop();
      if ((typeof each !== "object" && typeof each !== "function") || each === null || seen.has(each)) continue;
      seen.add(each);
      if (typeof each === "function" && (wanted.test(each.name) || engine.test(each.name))) {
        if (!/^(?:is|as)/.test(each.name)) context.deny(`reached ${each.name}`);
      }
      queue.push(Object.getPrototypeOf(each));
      for (const key of Reflect.ownKeys(each)) {
        const property = Object.getOwnPropertyDescriptor(each, key);
        queue.push(property?.value, property?.get, property?.set);
      }
    }
    if (seen.size < 500) context.deny(`only ${seen.size} objects were reached`);
  },
});
