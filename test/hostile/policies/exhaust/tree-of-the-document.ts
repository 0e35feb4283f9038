// Copies the document's tree without end.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "tree-of-the-document",
  check({ xml }) {
    const all: unknown[] = [];
    for (;;) all.push(JSON.parse(JSON.stringify(xml)));
  },
});
