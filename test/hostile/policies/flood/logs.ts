// Logs ten thousand messages with long fields.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "logs",
  check({ log }) {
    for (let i = 0; i < 10_000; i += 1) log.info(`number ${i}`, { field: "x".repeat(1500) });
  },
});
