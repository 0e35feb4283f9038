// Throws a symbol, which has no text of its own.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "throws-a-symbol",
  check() {
    throw Symbol("virt-warden: allowed");
  },
});
