// Makes ever more promises that nobody settles, with reactions to each.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "promises",
  check() {
    const all: Promise<unknown>[] = [];
    for (;;) all.push(new Promise(() => {}).then(() => all));
  },
});
