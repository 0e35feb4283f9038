// Compares texts for many locales, which makes collators outside the isolate's heap.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "collators",
  check() {
    const compare = String.prototype.localeCompare as (that: string, locale: string, options: object) => number;
    const locales = ["zh-u-co-pinyin", "zh-u-co-stroke", "ja", "ko", "de-u-co-phonebk", "sv", "th", "ar"];
    for (let i = 0; ; i += 1)
      compare.call(`a${i}`, `b${i}`, locales[i % locales.length] ?? "en", { numeric: i % 2 === 0 });
  },
});
