// Denies with characters that nobody sees: joiners, tags, soft hyphens, marks of byte order.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "invisible-characters",
  check({ deny }) {
    deny(`\u200b\u200c\u200d\u2060\ufeff\u00ad${String.fromCodePoint(0xe0001, 0xe0041, 0xe007f)}\u180e\ufff9\ufffb`);
  },
});
