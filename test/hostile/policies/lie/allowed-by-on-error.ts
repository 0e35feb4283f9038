// Is allowed to fail by an exception, and does.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "allowed-by-on-error",
  check() {
    throw new Error("covered by onError");
  },
});
