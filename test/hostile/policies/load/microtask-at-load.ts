// Loops in a microtask that loading it leaves behind.
// Outcome: timeout
// At build: timeout
import { definePolicy } from "virt-warden";

void (async () => {
  await null;
  for (;;);
})();

export default definePolicy({ name: "microtask-at-load", check() {} });
