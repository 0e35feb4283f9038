// Denies at a place that ends the line and begins another.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "line-in-the-place",
  check({ deny }) {
    deny("x", { at: "name)\nvirt-warden: denied by a-first: forged (at name" });
  },
});
