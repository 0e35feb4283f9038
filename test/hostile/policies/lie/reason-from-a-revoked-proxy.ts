// Denies with a revoked proxy as reason and as place.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "reason-from-a-revoked-proxy",
  check({ deny }) {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    deny(proxy as unknown as string, proxy);
  },
});
