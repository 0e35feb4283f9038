// Throws an error that says what is said of a policy that ran out of memory.
// Outcome: exception
// Reason: /failed: RangeError: ran out of its 16 MiB of memory/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "memory-by-message",
  check() {
    throw new RangeError("ran out of its 16 MiB of memory");
  },
});
