// Has each microtask start the next one, so that the queue never empties.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "chain-of-microtasks",
  check() {
    const again = (): void => {
      Promise.resolve().then(again);
    };
    again();
  },
});
