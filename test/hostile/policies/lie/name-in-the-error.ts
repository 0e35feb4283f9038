// Throws an error whose name is another policy's failure.
// Outcome: exception
// Never: /^virt-warden: (?:denied by|policy) a-first: forged/m
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "name-in-the-error",
  check() {
    const error = new Error("forged");
    error.name = "\nvirt-warden: denied by a-first";
    throw error;
  },
});
