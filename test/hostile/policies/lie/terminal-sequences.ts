// Denies with sequences that colour, clear and retitle a terminal, in both their forms.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "terminal-sequences",
  check({ deny }) {
    deny("\u001b[2J\u001b[1;31mred\u001b[0m\u001b]0;title\u0007\u009b2J\u009d0;title\u009c\u001b[8mhidden");
  },
});
