// Awaits a promise that never settles, and would deny after it.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "promise-never-settles",
  check() {
    void (async () => {
      await new Promise(() => {});
      throw new Error("never reached");
    })();
  },
});
