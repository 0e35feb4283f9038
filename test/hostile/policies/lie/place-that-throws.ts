// Denies at a place that throws when it is read.
// Outcome: denied
// Reason: /denied by place-that-throws: at no place/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "place-that-throws",
  check({ deny }) {
    deny("at no place", {
      get at(): string {
        throw new Error("no place");
      },
    });
  },
});
