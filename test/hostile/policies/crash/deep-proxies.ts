// Asks a proxy of a proxy, a hundred thousand times over, for a property.
// Outcome: exception or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-proxies",
  check() {
    let proxy: Record<string, unknown> = {};
    for (let i = 0; i < 100_000; i += 1) proxy = new Proxy(proxy, {});
    void proxy.missing;
    void ("missing" in proxy);
  },
});
