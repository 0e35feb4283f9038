// Logs fields that are nested a hundred thousand times.
// Outcome: allowed or exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "overflow-in-log-fields",
  check({ log }) {
    let deep: Record<string, unknown> = {};
    for (let i = 0; i < 100_000; i += 1) deep = { deep };
    log.info("deep", deep);
  },
});
