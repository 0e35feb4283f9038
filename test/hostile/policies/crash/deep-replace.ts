// Replaces inside the function that replaces, until the stack overflows in native code.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-replace",
  check() {
    const replace = (): string => "x".replace(/x/, replace);
    replace();
  },
});
