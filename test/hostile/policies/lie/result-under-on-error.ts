// Is allowed to fail by an exception, and returns a value instead.
// Outcome: invalid
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "result-under-on-error",
  check() {
    return { allow: true } as unknown as undefined;
  },
});
