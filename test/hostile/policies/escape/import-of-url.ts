// Imports a file of the host that builds by its URL.
// At build: refused

// @ts-nocheck
import hostname from "file:///etc/hostname";
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "import-of-url",
  check({ log }) {
    log.info(hostname);
  },
});
