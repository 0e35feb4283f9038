// Writes a number of millions of digits as text, in one native call.
// Outcome: timeout or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "bigint-text",
  check() {
    let number = 7n;
    for (let i = 0; i < 23; i += 1) number *= number;
    number.toString(10);
  },
});
