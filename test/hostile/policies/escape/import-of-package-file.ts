// Imports a text that its package's author never meant for it.
// At build: refused

// @ts-nocheck
import license from "typescript/LICENSE.txt";
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "import-of-package-file",
  check({ log }) {
    log.info(license);
  },
});
