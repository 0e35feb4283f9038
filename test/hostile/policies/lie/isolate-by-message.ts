// Throws the errors that isolated-vm itself throws, by their very words.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "isolate-by-message",
  check() {
    Promise.reject(new Error("Isolate was disposed during execution due to memory limit"));
    Promise.reject(new Error("Isolate is disposed"));
    throw new Error("Script execution timed out.");
  },
});
