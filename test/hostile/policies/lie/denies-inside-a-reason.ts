// Denies within the reason and within the place of a denial, so that one finding is begun inside another.
// Outcome: denied
// Reason: /denied by denies-inside-a-reason: innermost/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "denies-inside-a-reason",
  check({ deny }) {
    deny(
      {
        toString() {
          deny("innermost");
          return "outer";
        },
      } as unknown as string,
      {
        get at() {
          deny("from the place");
          return "name";
        },
      },
    );
  },
});
