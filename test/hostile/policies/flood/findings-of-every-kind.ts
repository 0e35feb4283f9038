// Denies, warns, logs, rejects and throws, all at their greatest at once.
// Outcome: denied, exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "findings-of-every-kind",
  check({ deny, warn, log }) {
    for (let i = 0; i < 1000; i += 1) {
      deny(`denial ${i} ${"d".repeat(3000)}`, { at: "a".repeat(3000) });
      warn(`warning ${i} ${"w".repeat(3000)}`, { at: "a".repeat(3000) });
      log.error(`message ${i} ${"m".repeat(3000)}`, { field: "f".repeat(1900) });
    }
    Promise.reject(new Error("r".repeat(10_000)));
    throw new Error("t".repeat(10_000));
  },
});
