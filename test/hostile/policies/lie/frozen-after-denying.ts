// Denies, then freezes, seals and redefines what the finding might be kept in.
// Outcome: denied
// Reason: /denied by frozen-after-denying: before the frost/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "frozen-after-denying",
  check(context) {
    const { deny } = context;
    deny("before the frost");
    Object.defineProperty(Array.prototype, "0", { get: () => ({ level: "warn" }) });
    Object.freeze(Array.prototype);
    Object.freeze(Object.prototype);
    Object.freeze(context);
  },
});
