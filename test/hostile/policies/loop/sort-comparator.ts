// Sorts with a comparator that loops.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "sort-comparator",
  check() {
    [2, 1].sort(() => {
      for (;;);
    });
  },
});
