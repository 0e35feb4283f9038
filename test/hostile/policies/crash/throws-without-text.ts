// Throws an object whose conversion to a text throws that object again.
// Outcome: exception
// Reason: /threw something that has no text/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "throws-without-text",
  check() {
    const thrown = {
      toString(): string {
        throw thrown;
      },
    };
    throw thrown;
  },
});
