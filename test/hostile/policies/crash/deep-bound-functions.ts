// Calls a function that was bound fifty thousand times, and asks for its instances.
// Outcome: exception or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-bound-functions",
  check() {
    let bound: (...words: unknown[]) => unknown = () => 1;
    for (let i = 0; i < 50_000; i += 1) bound = bound.bind(undefined);
    bound();
    const dig = (): boolean => ({}) instanceof (bound as never) || dig();
    dig();
  },
});
