// Denies with marks that turn the direction of the text around, so that it reads as another.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "bidirectional-marks",
  check({ deny }) {
    deny("\u202eforged\u202c \u2066\u2067\u2068\u2069 \u200e\u200f\u061c \u202a\u202b\u202d");
  },
});
