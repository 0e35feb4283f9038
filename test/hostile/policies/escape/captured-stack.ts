// Captures a stack onto an object that it logs.
// Outcome: allowed
// Never: /file:\/\/|\.cjs|node:/

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "captured-stack",
  check({ log }) {
    Error.stackTraceLimit = 200;
    const target = {};
    Error.captureStackTrace(target);
    log.info(target.stack, { stack: target.stack });
  },
});
