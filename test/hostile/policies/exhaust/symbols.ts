// Fills the registry of symbols, which all contexts of an isolate share.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "symbols",
  check() {
    for (let i = 0; ; i += 1) Symbol.for(`left ${i} ${"x".repeat(1000)}`);
  },
});
