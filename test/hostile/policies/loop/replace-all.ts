// Replaces each of a million characters, over and over, in native code.
// Outcome: timeout or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "replace-all",
  check() {
    let text = "a".repeat(1_000_000);
    for (let i = 0; i < 1000; i += 1) text = text.replaceAll("a", "b").replaceAll("b", "a");
  },
});
