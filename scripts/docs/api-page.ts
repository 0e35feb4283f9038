import { readFileSync } from "node:fs";
import { type Declaration, readDeclarations } from "./declarations.ts";
import { GENERATED } from "./generated.ts";

/** The parts of the page, and the typings that each is made from. */
const PARTS = [
  { title: "Policies", intro: '`import { … } from "virt-warden"`', files: ["policy", "events", "rewrite", "xml"] },
  { title: "Helpers", intro: '`import { … } from "virt-warden"`', files: ["helpers"] },
  { title: "Tests", intro: '`import { … } from "virt-warden/test"`, in files named `*.test.ts`', files: ["test"] },
] as const;

/** How a tag of TSDoc is said on the page. */
const TAGS: Readonly<Record<string, string>> = { returns: "Returns", throws: "Throws", see: "See" };

/** `docs/api.md`: what policies and their tests import, from the typings. */
export function apiPage(): string {
  const parts = PARTS.map((part) => ({ ...part, declarations: part.files.flatMap(declarationsOf) }));
  return `${[
    `<!-- ${GENERATED} -->`,
    "# API",
    "All that a policy and its test can import. The types of domains and networks (`Domain`, `Network`, `NetworkPort`\nand their parts) are libvirt's whole schema: an editor shows them, and so do [typings/domain.d.ts](../typings/domain.d.ts)\nand [typings/network.d.ts](../typings/network.d.ts).",
    ...parts.map(
      ({ title, declarations }) =>
        `- [${title}](#${title.toLowerCase()}): ${declarations.map(({ name }) => `[\`${name}\`](#${name.toLowerCase()})`).join(", ")}`,
    ),
    ...parts.flatMap(({ title, intro, declarations }) => [`## ${title}`, intro, ...declarations.map(section)]),
  ].join("\n\n")}\n`.replace(/^(- \[.*)\n\n(?=- \[)/gm, "$1\n");
}

function declarationsOf(file: string): readonly Declaration[] {
  return readDeclarations(readFileSync(new URL(`../../typings/${file}.d.ts`, import.meta.url), "utf8"));
}

function section({ name, doc, code }: Declaration): string {
  const [text = "", ...tags] = doc.split(/\n(?=@)/);
  const lines = tags.map(tagText).filter((line) => line !== "");
  return [
    `### ${name}`,
    ...(text.startsWith("@") ? [tagText(text)] : text === "" ? [] : [text]),
    `\`\`\`ts\n${code}\n\`\`\``,
    ...lines,
  ].join("\n\n");
}

function tagText(tag: string): string {
  const [, name = "", body = ""] = /^@(\w+)\s*([\s\S]*)$/.exec(tag) ?? [];
  if (name === "example") return `Example:\n\n${body}`;
  if (name === "param") return body.replace(/^(\w+)\s+/, "- `$1`: ");
  return `${TAGS[name] ?? name}: ${body}`;
}
