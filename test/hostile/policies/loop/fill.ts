// Fills an object with 2^53 indices, each of which ends in a setter.
// Outcome: timeout or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "fill",
  check() {
    const endless = new Proxy({ length: 2 ** 53 - 1 }, { set: () => true });
    Array.prototype.fill.call(endless as never, 0);
  },
});
