// Denies, then replaces and deletes deny in every place, and denies by the old one.
// Outcome: denied

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deny-replaced",
  check(context) {
    const { deny } = context;
    context.deny("first");
    context.deny = () => undefined;
    Object.defineProperty(context, "deny", { value: () => undefined });
    delete context.log;
    deny("second");
  },
});
