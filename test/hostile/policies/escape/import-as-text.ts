// Imports a file of the host that builds as a text.
// At build: refused

// @ts-nocheck
import { definePolicy } from "virt-warden";
import hostname from "/etc/hostname" with { type: "text" };

export default definePolicy({
  name: "import-as-text",
  check({ log }) {
    log.info(hostname);
  },
});
