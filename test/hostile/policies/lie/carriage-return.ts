// Denies with a reason that goes back to the line's beginning and writes over it.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "carriage-return",
  check({ deny }) {
    deny("x\rvirt-warden: all is well\u0008\u0008\u000b\u000c\u0085");
  },
});
