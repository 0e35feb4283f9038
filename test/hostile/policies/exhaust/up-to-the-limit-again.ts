// Fills its memory, lets go, and fills it again, so that what is collected late would count against others.
// Outcome: denied or memory or denied, timeout or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "up-to-the-limit-again",
  check({ deny }) {
    for (let round = 0; round < 5; round += 1) {
      const all: string[] = [];
      for (let i = 0; i < 80; i += 1) all.push(`${String(i).padEnd(100_000, "x")}${i}`);
      if (all.length > 80) deny("never");
    }
    deny("after much garbage");
  },
});
