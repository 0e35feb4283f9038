// Returns a proxy that loops when it is asked whether it is a promise.
// Outcome: timeout or invalid
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "result-proxy",
  check() {
    return new Proxy(
      {},
      {
        getPrototypeOf() {
          for (;;);
        },
      },
    ) as unknown as undefined;
  },
});
