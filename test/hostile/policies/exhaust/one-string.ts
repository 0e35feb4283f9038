// Makes one text of the greatest length and has it laid out in memory.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "one-string",
  check() {
    const text = "x".repeat(2 ** 29 - 25);
    void text.charCodeAt(17);
    void /y/.test(text);
  },
});
