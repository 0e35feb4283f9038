// Throws a proxy that loops at whatever is asked of it.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "thrown-proxy",
  check() {
    const loop = (): never => {
      for (;;);
    };
    throw new Proxy({}, { get: loop, has: loop, getPrototypeOf: loop, ownKeys: loop, getOwnPropertyDescriptor: loop });
  },
});
