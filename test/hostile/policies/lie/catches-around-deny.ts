// Has its reason throw while it is read, and catches that around deny.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "catches-around-deny",
  check({ deny }) {
    try {
      deny({
        toString() {
          throw new Error("no reason");
        },
      } as unknown as string);
    } catch {}
  },
});
