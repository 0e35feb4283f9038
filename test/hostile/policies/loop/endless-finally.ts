// Goes on looping in `catch` and `finally` when it is ended.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "endless-finally",
  check() {
    try {
      for (;;);
    } catch {
      for (;;);
    } finally {
      for (;;);
    }
  },
});
