// Replaces the global String, JSON, Object, Promise and Reflect, and waits for the engine to use them.
// Outcome: denied
// Never: /caught/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "replaced-globals",
  check({ deny }) {
    const world = globalThis as unknown as Record<string, unknown>;
    const caught: string[] = [];
    for (const name of ["String", "JSON", "Object", "Array", "Promise", "Reflect", "Error", "Symbol"]) {
      const original = world[name] as object;
      const trap = {
        get: (target: object, key: string | symbol) => {
          caught.push(`caught ${name}.${String(key)}`);
          return Reflect.get(target, key);
        },
        apply: () => caught.push(`caught ${name}()`),
      };
      world[name] = new Proxy(original, trap as ProxyHandler<object>);
    }
    caught.length = 0;
    deny("in a replaced world", { at: "name" });
    const count = caught.length;
    if (count > 0) deny(caught[0] ?? "");
  },
});
