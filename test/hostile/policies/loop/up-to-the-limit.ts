// Takes nearly all the time that it may have, so that less would be left for others.
// Outcome: allowed or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "up-to-the-limit",
  check() {
    const until = Date.now() + 350;
    while (Date.now() < until);
  },
});
