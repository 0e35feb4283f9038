// Has long texts of JSON read, over and over, in native code.
// Outcome: timeout or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "json-text",
  check() {
    const text = `[${"1,".repeat(500_000)}1]`;
    for (let i = 0; i < 1000; i += 1) JSON.parse(text);
  },
});
