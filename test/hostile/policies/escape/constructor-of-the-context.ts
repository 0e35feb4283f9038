// Goes from the context's functions and objects to constructors of another world.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "constructor-of-the-context",
  check(context) {
    const members = [context, context.deny, context.log, context.log.info, context.domain, context.xml, context.host];
    for (const member of members) {
      const home = typeof member === "function" ? Object.getPrototypeOf(() => {}) : Object.prototype;
      const found = Object.getPrototypeOf(member);
      if (found !== home && found !== null) context.deny("an object of the context is of another world");
    }
  },
});
