// Imports one of Node's modules.
// At build: refused

// @ts-nocheck
import { readFileSync } from "node:fs";
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "import-of-node",
  check({ log }) {
    log.info(readFileSync("/etc/shadow", "utf8"));
  },
});
