// Looks for a function's constructor in property descriptors, bound functions, proxies, iterators and species.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "constructors-kept-elsewhere",
  check({ deny }) {
    const places: unknown[] = [
      Object.getOwnPropertyDescriptor(
        Object.getPrototypeOf(() => {}),
        "constructor",
      )?.value,
      Reflect.get(
        Object.getPrototypeOf(async () => {}),
        "constructor",
      ),
      (() => {}).bind(undefined).constructor,
      new Proxy(() => {}, {}).constructor,
      (Object.getOwnPropertyDescriptor(Map.prototype, "size")?.get as (() => void) | undefined)?.constructor,
      Object.getPrototypeOf([].values()).next.constructor,
      Reflect.construct(Object, [], class {}).constructor,
    ];
    for (const [index, place] of places.entries()) {
      if (typeof place === "function" && place !== Object && !/^class/.test(String(place)))
        deny(`place ${index} has ${place.name}`);
    }
  },
});
