// Logs fields with a hundred thousand keys, and with one key that is a text of a million characters.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "log-fields",
  check({ log }) {
    const fields: Record<string, number> = {};
    for (let i = 0; i < 20_000; i += 1) fields[`key ${i}`] = i;
    log.info("many keys", fields);
    log.info("a long key", { ["k".repeat(1_000_000)]: 1 });
  },
});
