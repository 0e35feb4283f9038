// Throws an object whose message loops when whoever reports it reads it.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "thrown-message",
  check() {
    throw {
      get message(): string {
        for (;;);
      },
    };
  },
});
