// Requires a module whose name is known only when it runs.
// At build: refused

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "require-when-asked",
  check({ domain }) {
    require(`child_${domain.name}`);
  },
});
