// Throws an error with a stack of frames of its own file at lines that it does not have.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "frames-out-of-range",
  check() {
    const error = new Error("from nowhere");
    error.stack = [
      "Error: x",
      ...["0:0", "1:0", "999999999:999999999", "-1:-1", "1e9:NaN", "4294967296:1"].map(
        (place) => `    at check (virt-warden:policy:${place})`,
      ),
    ].join("\n");
    throw error;
  },
});
