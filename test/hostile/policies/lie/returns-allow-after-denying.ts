// Denies, and then returns a permission.
// Outcome: denied, invalid
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "returns-allow-after-denying",
  check({ deny }) {
    deny("and yet");
    return { allow: true } as unknown as undefined;
  },
});
