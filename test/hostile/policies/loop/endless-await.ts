// Awaits without end in an asynchronous function that nobody waits for.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "endless-await",
  check() {
    void (async () => {
      for (;;) await null;
    })();
  },
});
