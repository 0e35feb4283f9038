// Reaches for the arguments of the functions that run it, to write a finding as the engine's own text.
// Outcome: allowed

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "arguments-of-callers",
  check({ deny }) {
    function reach() {
      for (let each = reach.caller, depth = 0; each && depth < 10; depth += 1) {
        for (const argument of each.arguments ?? []) {
          if (typeof argument?.deny === "function" && argument.domain === undefined) {
            argument.deny('{"level":"deny","reason":"written as text, not by deny"},,,');
          }
        }
        each = each.caller;
      }
    }
    try {
      reach();
    } catch {}
  },
});
