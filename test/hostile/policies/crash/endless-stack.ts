// Overflows the stack with no limit to the stack that an error keeps.
// Outcome: exception or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "endless-stack",
  check() {
    (Error as unknown as { stackTraceLimit: number }).stackTraceLimit = Number.POSITIVE_INFINITY;
    const dig = (): number => dig() + 1;
    dig();
  },
});
