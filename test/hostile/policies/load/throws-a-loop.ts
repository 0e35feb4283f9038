// Throws an object while it is loaded whose message loops.
// Outcome: timeout
// At build: timeout
import { definePolicy } from "virt-warden";

const policy = definePolicy({ name: "throws-a-loop", check() {} });
const thrown = {
  get message(): string {
    for (;;);
  },
};
if (policy.name !== "") throw thrown;

export default policy;
