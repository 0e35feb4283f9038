// Imports all files of a folder of the host that builds, by a name that is known only when it runs.
// At build: refused

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "import-by-pattern",
  check({ domain, log }) {
    log.info(require(`../../../../node_modules/typescript/${domain.name}`));
  },
});
