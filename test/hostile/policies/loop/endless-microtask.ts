// Loops in a microtask, after check has returned.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "endless-microtask",
  check() {
    Promise.resolve().then(() => {
      for (;;);
    });
  },
});
