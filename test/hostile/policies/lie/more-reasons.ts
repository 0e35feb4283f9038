// Denies with the words by which the hook says that reasons are missing.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "more-reasons",
  check({ deny }) {
    deny("18 more reasons are in the decision log");
  },
});
