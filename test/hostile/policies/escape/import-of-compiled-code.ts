// Imports an addon, which would be machine code in the engine's process.
// At build: refused

// @ts-nocheck
import addon from "isolated-vm/out/isolated_vm.node";
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "import-of-compiled-code",
  check() {
    void new addon.Isolate();
  },
});
