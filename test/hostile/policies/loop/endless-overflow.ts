// Catches every overflow of the stack and digs again, twice at each level.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "endless-overflow",
  check() {
    const dig = (): void => {
      try {
        dig();
      } finally {
        dig();
      }
    };
    dig();
  },
});
