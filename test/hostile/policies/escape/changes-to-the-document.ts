// Rewrites the guest, the tree, the host and the event, for policies that are asked after it.
// Outcome: allowed

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "changes-to-the-document",
  check(context) {
    context.domain.name = "renamed by another policy";
    context.xml.children.length = 0;
    context.host.hostname = "elsewhere";
    context.operation = "release";
    context.event = "qemu/release";
    for (const key of Object.keys(context.domain)) delete context.domain[key];
    context.deny = () => {};
  },
});
