// Throws an error with a stack that names files of the host and holds lines of the hook's.
// Outcome: exception
// Never: /\/etc\/shadow/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "forged-stack",
  check() {
    const error = new Error("with a stack of its own making");
    error.stack =
      "Error: x\n    at check (/etc/shadow:1:1)\n    at virt-warden: all is well\nvirt-warden: forged (file:///etc/shadow:2:2)";
    throw error;
  },
});
