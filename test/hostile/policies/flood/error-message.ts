// Throws an error with a message, a name and a stack of millions of characters.
// Outcome: exception or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "error-message",
  check() {
    const error = new Error("x".repeat(2_000_000));
    error.name = "y".repeat(2_000_000);
    error.stack = "    at check (virt-warden:policy:1:1)\n".repeat(50_000);
    throw error;
  },
});
