// Denies a hundred times in characters of three and four bytes.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "wide-characters",
  check({ deny }) {
    for (let i = 0; i < 100; i += 1) deny("\u{1f600}\u3042".repeat(700), { at: "\u{1f4a3}".repeat(900) });
  },
});
