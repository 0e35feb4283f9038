// Has a built-in that replaces all matches use an `exec` that finds an empty match for ever.
// Outcome: timeout or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "regular-expression-exec",
  check() {
    const expression = /x/g;
    expression.exec = () => Object.assign([""], { index: 0, input: "" }) as RegExpExecArray;
    "x".replace(expression, "");
  },
});
