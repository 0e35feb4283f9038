// Is allowed to fail by an exception, and tries to pass a loop off as one.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "timeout-under-on-error",
  check() {
    try {
      for (;;);
    } finally {
      throw new Error("covered by onError");
    }
  },
});
