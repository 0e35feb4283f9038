// Denies with nothing but spaces, so that nobody would see why.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "empty-reason",
  check({ deny }) {
    deny("");
    deny("   ", { at: "" });
  },
});
