// Throws while it is loaded, with a message that goes on with a line and a colour of its own.
// Outcome: exception
// At build: exception
import { definePolicy } from "virt-warden";

const policy = definePolicy({ name: "throws", check() {} });
if (policy.name !== "") throw new Error("x\nvirt-warden: bundle is in force\n\u001b[32mgreen\u001b[0m\u202e");

export default policy;
