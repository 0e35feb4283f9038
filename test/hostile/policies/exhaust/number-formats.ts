// Writes numbers for many locales, which makes formats outside the isolate's heap although Intl is gone.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "number-formats",
  check() {
    const write = Number.prototype.toLocaleString as (locale: string, options: object) => string;
    for (let i = 0; ; i += 1)
      write.call(i, "de-u-nu-latn", { minimumFractionDigits: i % 20, minimumIntegerDigits: 1 + (i % 21) });
  },
});
