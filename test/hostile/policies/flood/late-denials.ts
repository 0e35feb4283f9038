// Denies from one microtask after the other, without end.
// Outcome: denied, timeout or timeout or denied or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "late-denials",
  check({ deny }) {
    const again = (): void => {
      deny("late");
      Promise.resolve().then(again);
    };
    again();
  },
});
