// Throws an error whose message holds all that a stack tells.
// Outcome: exception
// Never: /file:\/\/|\.cjs|node:/

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "stack-in-the-reason",
  check() {
    Error.stackTraceLimit = 200;
    throw new Error(new Error("inner").stack);
  },
});
