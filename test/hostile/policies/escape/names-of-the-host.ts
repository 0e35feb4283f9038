// Looks for what a host would have left in the global scope.
// Outcome: allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "names-of-the-host",
  check({ deny }) {
    const names = [
      "process",
      "require",
      "module",
      "Buffer",
      "fetch",
      "setTimeout",
      "queueMicrotask",
      "structuredClone",
    ];
    const engine = [
      "eval",
      "Function",
      "WebAssembly",
      "SharedArrayBuffer",
      "Atomics",
      "Intl",
      "console",
      "ivm",
      "_ivm",
    ];
    for (const name of [...names, ...engine]) {
      if (name in globalThis) deny(`the global scope has ${name}`);
    }
  },
});
