// Throws an error that denies when its message is read.
// Outcome: denied, exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "denies-while-it-is-described",
  check({ deny }) {
    throw {
      get message() {
        deny("from the message");
        return "read";
      },
    };
  },
});
