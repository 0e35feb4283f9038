// Makes ever more regular expressions, each compiled to code of its own.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "regular-expressions",
  check() {
    const all: RegExp[] = [];
    for (let i = 0; ; i += 1) {
      const expression = new RegExp(`(?:${i}|x{${i % 500}}){3}`);
      expression.test("x".repeat(500));
      all.push(expression);
    }
  },
});
