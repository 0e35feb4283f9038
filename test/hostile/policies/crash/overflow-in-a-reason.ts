// Overflows the stack while its reason is made a text.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "overflow-in-a-reason",
  check({ deny }) {
    const dig = (): string => `${dig()}x`;
    deny({ toString: dig } as unknown as string);
  },
});
