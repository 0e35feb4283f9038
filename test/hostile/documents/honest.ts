/**
 * The policy that every document meets. It asks for plain things and says what it saw, so that a document that reads
 * as another one shows in its words; and it goes through the whole tree, as a curious policy would.
 */
export const HONEST = `import { definePolicy, type XmlElement } from "virt-warden";

/** Elements, attributes, characters of text, and the deepest level. */
function measure(root: XmlElement) {
  const sums = { elements: 0, attributes: 0, text: 0, depth: 0 };
  const visit = (element: XmlElement, depth: number): void => {
    sums.elements += 1;
    sums.attributes += element.attributes.length;
    sums.depth = Math.max(sums.depth, depth);
    for (const child of element.children) {
      if (typeof child === "string") sums.text += child.length;
      else visit(child, depth + 1);
    }
  };
  visit(root, 1);
  return sums;
}

export default definePolicy({
  name: "honest",
  description: "Guests use a named CPU model and no arguments of QEMU, have a plain name, and are of a sane size.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore", "network/port-created"],
  check({ domain, port, xml, deny }) {
    for (const key of ["polluted", "mode", "name"]) {
      if (key in Object.prototype) deny(\`Object.prototype has \${key}\`);
    }
    if (port !== undefined && port.owner?.name !== "web1") deny(\`owner \${port.owner?.name}\`, { at: "networkport/owner" });
    if (domain !== undefined) {
      const mode = domain.cpu?.mode;
      if (mode !== undefined && mode !== "host-model") deny(\`CPU mode \${mode}\`, { at: "cpu/@mode" });
      const args = domain["qemu:commandline"]?.["qemu:arg"] ?? [];
      if (args.length > 0) deny(\`QEMU arguments \${args.map(({ value }) => value).join(" ")}\`, { at: "qemu:commandline" });
      if (!/^[a-z0-9-]{1,60}$/.test(domain.name ?? "")) deny(\`name \${domain.name}\`, { at: "name" });
      if (domain.title !== undefined) deny(\`title \${domain.title}\`, { at: "title" });
    }
    if (xml === undefined) return;
    const { elements, attributes, text, depth } = measure(xml);
    if (Math.max(elements, attributes, text) > 1000 || depth > 20) {
      deny(\`\${elements} elements, \${attributes} attributes, \${text} characters, \${depth} levels\`);
    }
  },
});
`;
