// Imports a file of the host that builds as it is.
// At build: refused

// @ts-nocheck
import { definePolicy } from "virt-warden";
import hostname from "/etc/hostname";

export default definePolicy({
  name: "import-of-absolute-path",
  check({ log }) {
    log.info(hostname);
  },
});
