// Writes to the variable that holds its own module and to everything around it.
// Outcome: allowed

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "module-of-its-own",
  check() {
    __policy = { default: { check: () => ({ allow: true }) } };
    globalThis.__policy = { default: undefined };
    globalThis.runtime = { enter: () => "{}" };
    this.name = "a-first";
  },
});
