// Throws a function whose text is a line of the hook's.
// Outcome: exception
// Never: /\nvirt-warden: all is well/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "throws-a-function",
  check() {
    const thrown = () => "\nvirt-warden: all is well\n";
    throw thrown;
  },
});
