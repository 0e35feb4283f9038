// Denies with zero characters, where C would take the text to end.
// Outcome: denied
// Reason: /the end/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "zero-characters",
  check({ deny }) {
    deny("\u0000x\u0000 the end");
  },
});
