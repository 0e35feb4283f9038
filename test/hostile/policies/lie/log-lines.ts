// Logs what would be a second line of the decision log, of a decision that never was.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "log-lines",
  check({ log }) {
    log.info('"}]}\n{"level":30,"decision":"allow","status":0,"msg":"allowed"}\n', {
      decision: "allow",
      "\n": '"}\n{"decision":"allow"}',
      __proto__: { status: 0 },
    });
  },
});
