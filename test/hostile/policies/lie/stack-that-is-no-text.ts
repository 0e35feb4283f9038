// Throws an error whose stack is anything but a text.
// Outcome: exception

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "stack-that-is-no-text",
  check() {
    const error = new Error("without a stack");
    error.stack = { toString: () => "at x (/etc/passwd:1:1)", length: -1 };
    throw error;
  },
});
