// Leaves the same behind in a microtask, while another policy might already run.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "pollution-in-a-microtask",
  check({ domain }) {
    void (async () => {
      for (let turn = 0; turn < 100; turn += 1) await null;
      (Object.prototype as unknown as Record<string, unknown>).leftLate = domain.name;
      Array.prototype.push = () => 0;
      JSON.parse = () => ({});
    })();
  },
});
