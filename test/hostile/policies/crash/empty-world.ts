// Deletes every global and every method of every prototype, then denies.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "empty-world",
  check({ deny }) {
    const { ownKeys, deleteProperty } = Reflect;
    const values = ownKeys(globalThis).map((key) => (globalThis as unknown as Record<string | symbol, unknown>)[key]);
    for (let i = 0; i < values.length; i += 1) {
      const { prototype } = (values[i] ?? {}) as { prototype?: object };
      if (prototype === undefined) continue;
      const keys = ownKeys(prototype);
      for (let k = 0; k < keys.length; k += 1) deleteProperty(prototype, keys[k] as string);
    }
    const world = globalThis;
    const names = ownKeys(world);
    for (let i = 0; i < names.length; i += 1) deleteProperty(world, names[i] as string);
    deny("in an empty world", { at: "name" });
  },
});
