// Spreads an iterator without end into an array.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "spread",
  check() {
    function* forever() {
      for (;;) yield 1;
    }
    void [...forever()];
  },
});
