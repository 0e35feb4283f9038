// Denies with halves of characters, which are no text outside JavaScript.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "lone-surrogates",
  check({ deny }) {
    deny("\ud800 \udc00 \udfff\ud800", { at: "\udbff" });
  },
});
