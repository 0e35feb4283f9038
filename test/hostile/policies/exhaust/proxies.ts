// Wraps a proxy into a proxy for ever.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "proxies",
  check() {
    let proxy: object = {};
    for (;;) proxy = new Proxy(proxy, {});
  },
});
