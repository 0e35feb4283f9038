/** A command of a document, and what it shows below it. */
export interface Command {
  readonly text: string;
  readonly shown: string;
}

/** What a reader of a document does. */
export type Step =
  | { readonly kind: "file"; readonly path: string; readonly text: string }
  | { readonly kind: "commands"; readonly commands: readonly Command[] };

/** A fenced block after a mark: `<!-- file: PATH -->` is to be written, `<!-- run -->` is a console to be typed. */
const MARKED = /<!-- (?:file: (?<path>\S+)|run) -->\n+```(?<language>\w+)\n(?<body>[\s\S]*?)^```$/gm;

/** Every block of a document that is marked, in its order. */
export function readSteps(markdown: string): readonly Step[] {
  return [...markdown.matchAll(MARKED)].map(({ groups = {} }): Step => {
    const { path, body = "" } = groups;
    return path === undefined ? { kind: "commands", commands: readCommands(body) } : { kind: "file", path, text: body };
  });
}

/** The document with other output in its consoles. */
export function withOutput(markdown: string, shown: readonly string[]): string {
  let next = 0;
  return markdown.replaceAll(MARKED, (block: string, path: string | undefined, _language: string, body: string) => {
    if (path !== undefined) return block;
    const text = readCommands(body)
      .map((command) => `${typed(command.text)}\n${shown[next++] ?? ""}`)
      .join("");
    return block.replace(/(?<=```console\n)[\s\S]*(?=```$)/, () => text);
  });
}

/** Lines that begin with `$ ` are typed, and after them those that begin with `> `. */
function readCommands(body: string): readonly Command[] {
  return body
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [, text = "", shown = ""] = /^(.*(?:\n> .*)*)\n?([\s\S]*)$/.exec(part) ?? [];
      return { text: text.replaceAll("\n> ", "\n"), shown };
    });
}

function typed(text: string): string {
  return `$ ${text.replaceAll("\n", "\n> ")}`;
}
