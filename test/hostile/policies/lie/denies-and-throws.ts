// Denies and then throws, so that the failure would take the denial's place.
// Outcome: denied, exception
// Reason: /denied by denies-and-throws: before the throw/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "denies-and-throws",
  check({ deny }) {
    deny("before the throw");
    throw new Error("after the denial");
  },
});
