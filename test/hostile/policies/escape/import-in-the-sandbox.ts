// Asks for a module behind the bundler's back, by a text that only looks like a name.
// Outcome: allowed or exception

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "import-in-the-sandbox",
  check({ deny }) {
    const load = globalThis["import"] ?? globalThis["require"] ?? globalThis["module"]?.require;
    if (load !== undefined) deny("there is a loader");
    void import.meta?.url;
  },
});
