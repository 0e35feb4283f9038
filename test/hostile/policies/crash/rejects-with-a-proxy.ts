// Rejects a promise with a revoked proxy, which isolated-vm has to copy out.
// Outcome: exception or invalid
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "rejects-with-a-proxy",
  check() {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    Promise.reject(proxy);
  },
});
