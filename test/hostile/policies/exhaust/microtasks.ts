// Queues more and more microtasks while the queue is emptied.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "microtasks",
  check() {
    const twice = (): void => {
      Promise.resolve().then(twice);
      Promise.resolve().then(twice);
    };
    twice();
  },
});
