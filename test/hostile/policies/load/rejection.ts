// Leaves a rejected promise behind whose message loops.
// Outcome: timeout
// At build: timeout
import { definePolicy } from "virt-warden";

Promise.reject({
  get message(): string {
    for (;;);
  },
});

export default definePolicy({ name: "rejection", check() {} });
