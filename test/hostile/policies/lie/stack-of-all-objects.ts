// Throws what has no stack, after giving all objects one that is no text.
// Outcome: denied, exception
// Reason: /denied by stack-of-all-objects: mine/

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "stack-of-all-objects",
  check({ deny }) {
    deny("mine");
    Object.prototype.stack = [1];
    throw 1;
  },
});
