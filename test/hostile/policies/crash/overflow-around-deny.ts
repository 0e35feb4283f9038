// Calls deny where no stack is left to call anything, and catches that: as if it had not called it, and no worse.
// Outcome: denied or allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "overflow-around-deny",
  check({ deny }) {
    let tried = false;
    const dig = (): void => {
      try {
        dig();
      } catch {
        if (!tried) {
          tried = true;
          deny("from the bottom of the stack");
        }
      }
    };
    dig();
  },
});
