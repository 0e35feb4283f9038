// Is allowed to fail by an exception, and denies before it does.
// Outcome: denied, exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "denies-under-on-error",
  check({ deny }) {
    deny("not covered by onError");
    throw new Error("covered by onError");
  },
});
