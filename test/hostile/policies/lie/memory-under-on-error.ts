// Is allowed to fail by an exception, and tries to pass exhaustion off as one.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "memory-under-on-error",
  check() {
    const all: string[] = [];
    try {
      for (let i = 0; ; i += 1) all.push(`${String(i).padEnd(100_000, "x")}${i}`);
    } catch {
      throw new RangeError("covered by onError");
    }
  },
});
