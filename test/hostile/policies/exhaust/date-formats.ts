// Writes dates for many locales and calendars, which would make formats outside the isolate's heap.
// Outcome: exception or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "date-formats",
  check() {
    const write = Date.prototype.toLocaleString as (locale: string, options: object) => string;
    const calendars = ["gregory", "hebrew", "islamic", "chinese", "japanese", "buddhist", "persian", "indian"];
    for (let i = 0; ; i += 1) {
      write.call(new Date(i), `th-u-ca-${calendars[i % calendars.length]}-nu-thai`, {
        dateStyle: "full",
        timeStyle: "full",
      });
    }
  },
});
