// Gives the engine functions to call, which ask who called them and with what.
// Outcome: denied
// Never: /reached/

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "callers-from-the-engine",
  check({ deny, log }) {
    const found = [];
    function look() {
      try {
        const { caller } = look;
        if (caller && !/look/.test(String(caller))) found.push(`reached ${caller}`);
        for (const each of caller?.arguments ?? []) found.push(`reached an argument ${typeof each}`);
      } catch {}
      return "text";
    }
    deny(
      { toString: look },
      {
        get at() {
          return look();
        },
      },
    );
    log.info({ toString: look }, { toJSON: look });
    for (const each of found) deny(each);
  },
});
