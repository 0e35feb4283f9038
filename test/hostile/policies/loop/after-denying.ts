// Denies, and then loops so that its denial would be lost.
// Outcome: denied, timeout
// Reason: /denied by after-denying: found before the loop/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "after-denying",
  check({ deny }) {
    deny("found before the loop");
    for (;;);
  },
});
