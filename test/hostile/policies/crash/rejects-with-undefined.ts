// Rejects a promise with undefined.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "rejects-with-undefined",
  check() {
    Promise.reject(undefined);
  },
});
