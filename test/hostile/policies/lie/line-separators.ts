// Denies with the separators that some take for the end of a line.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "line-separators",
  check({ deny }) {
    deny("x\u2028virt-warden: forged\u2029virt-warden: forged");
  },
});
