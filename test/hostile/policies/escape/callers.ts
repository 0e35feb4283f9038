// Asks functions who called them, and climbs from there into the engine's own.
// Outcome: allowed

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "callers",
  check({ deny }) {
    const climb = (from) => {
      for (let each = from, depth = 0; typeof each === "function" && depth < 10; depth += 1) {
        if (!/climb|asksForItsCaller/.test(String(each))) deny(`reached ${each.name || "a function"}: ${each}`);
        each = each.caller;
      }
    };
    function asksForItsCaller() {
      try {
        climb(asksForItsCaller.caller);
      } catch {}
      try {
        climb(arguments.callee.caller);
      } catch {}
    }
    asksForItsCaller();
    ({ toString: asksForItsCaller }) + "";
    JSON.stringify({ toJSON: asksForItsCaller });
  },
});
