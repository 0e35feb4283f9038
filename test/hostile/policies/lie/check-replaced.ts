// Replaces its own check, name and events while check runs.
// Outcome: denied

// @ts-nocheck
import { definePolicy } from "virt-warden";

const policy = definePolicy({
  name: "check-replaced",
  check({ deny }) {
    policy.check = () => undefined;
    policy.name = "a-first";
    policy.on = [];
    deny("before the next one");
  },
});
export default policy;
