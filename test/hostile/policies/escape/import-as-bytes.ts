// Imports a file of the host that builds as bytes, by a path that begins beside it.
// At build: refused

// @ts-nocheck
import { definePolicy } from "virt-warden";
import passwd from "../../../../../../../../../../etc/passwd" with { type: "bytes" };

export default definePolicy({
  name: "import-as-bytes",
  check({ log }) {
    log.info(String(passwd));
  },
});
