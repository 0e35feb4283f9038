// Gives one object so many keys that V8 aborts the process while it enlarges their table.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "object-keys",
  check() {
    const object: Record<string, number> = {};
    for (let i = 0; ; i += 1) object[`key ${i}`] = i;
  },
});
