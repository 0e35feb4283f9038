// Denies without end.
// Outcome: denied or denied, timeout or timeout or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "denials",
  check({ deny }) {
    for (let i = 0; ; i += 1) deny(`number ${i}`);
  },
});
