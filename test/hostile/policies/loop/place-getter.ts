// Denies, with a place that loops when it is read.
// Outcome: timeout or denied, timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "place-getter",
  check({ deny }) {
    deny("with a place that loops", {
      get at(): string {
        for (;;);
      },
    });
  },
});
