// Awaits itself deeper and deeper, so that V8 follows the chain for a stack.
// Outcome: exception or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-async",
  check() {
    const dig = async (depth: number): Promise<void> => {
      await null;
      if (depth > 0) await dig(depth - 1);
      else throw new Error("at the bottom");
    };
    void dig(20_000);
  },
});
