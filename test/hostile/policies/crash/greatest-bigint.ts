// Asks for a longer number than V8 has.
// Outcome: exception or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "greatest-bigint",
  check() {
    void (1n << (2n ** 31n));
  },
});
