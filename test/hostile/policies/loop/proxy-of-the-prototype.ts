// Puts a proxy that loops behind every object, so that any missing property loops for whoever reads it.
// Outcome: timeout or allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "proxy-of-the-prototype",
  check() {
    const loop = (): never => {
      for (;;);
    };
    Object.setPrototypeOf(Array.prototype, new Proxy({}, { get: loop, has: loop, set: loop }));
    Object.setPrototypeOf(
      Object.getPrototypeOf(() => {}),
      new Proxy({}, { get: loop, has: loop, set: loop }),
    );
  },
});
