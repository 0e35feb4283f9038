// Imports a module whose name is known only when it runs.
// At build: refused

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "import-when-asked",
  check({ domain }) {
    void import(`node:${domain.name}`);
  },
});
