// Replaces the methods by which a finding could be kept, cut or joined.
// Outcome: denied
// Reason: /denied by methods-replaced: whole/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "methods-replaced",
  check({ deny }) {
    Array.prototype.push = () => 0;
    Array.prototype.join = () => "";
    Array.prototype.map = () => [];
    Array.prototype[Symbol.iterator] = function* () {} as never;
    String.prototype.slice = () => "";
    String.prototype.replace = () => "";
    String.prototype.toString = () => "";
    deny("whole", { at: "name" });
  },
});
