// Rejects a promise with an object whose message loops while isolated-vm copies it out, after the timer has ended.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "rejected-message",
  check() {
    void (async () => {
      throw {
        get message(): string {
          for (;;);
        },
      };
    })();
  },
});
