// Denies from a microtask, after check has returned and the verdict might be made.
// Outcome: denied
// Reason: /denied by denies-late: late/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "denies-late",
  check({ deny }) {
    void (async () => {
      for (let turn = 0; turn < 1000; turn += 1) await null;
      deny("late");
    })();
  },
});
