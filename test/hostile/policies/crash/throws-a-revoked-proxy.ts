// Throws a proxy that was revoked: nothing can be asked of it.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "throws-a-revoked-proxy",
  check() {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    throw proxy;
  },
});
