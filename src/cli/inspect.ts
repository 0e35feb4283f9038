import type { Command } from "commander";
import { maskSecrets } from "../engine/secrets.ts";
import { withoutSecrets } from "../engine/without-secrets.ts";
import { printable } from "../hook/printable.ts";
import { jsonText } from "../log/json-text.ts";
import { buildModel } from "../model/build-model.ts";
import { readHookData } from "../model/read-hook-data.ts";
import { type UnknownContent, UnknownParts } from "../model/unknown-content.ts";
import { readInput } from "../read-input.ts";
import { DocumentError } from "../xml/document-error.ts";
import { parseXml } from "../xml/parse.ts";
import { unknownText } from "./unknown-text.ts";

const GUEST_HOOKS: readonly string[] = ["qemu", "lxc", "libxl", "bhyve"];
const HOOKS: readonly string[] = [...GUEST_HOOKS, "network"];

/** What `--json` prints. */
type Inspection =
  | { readonly file: string; readonly ok: true; readonly hook: string; readonly model: unknown }
  | { readonly file: string; readonly ok: false; readonly error: InspectionError };

interface InspectionError {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Adds the command `inspect`. */
export function registerInspect(program: Command): void {
  program
    .command("inspect")
    .description("show what a policy sees of documents: the model, passwords masked")
    .argument("<file...>", "documents; - is stdin")
    .option("--hook <hook>", `whose documents they are: ${HOOKS.join(", ")}`, "qemu")
    .option("--json", "one JSON object a document a line")
    .addHelpText("after", "\nExample:\n  virsh dumpxml web1 | virt-warden inspect -")
    .action((files: readonly string[], { hook, json }: { hook: string; json?: true }, command: Command) => {
      if (!HOOKS.includes(hook)) command.error(`error: --hook is one of ${HOOKS.join(", ")}`);
      let failed = false;
      for (const file of files) {
        const unknown = new UnknownParts();
        const inspection = inspect(file, hook, unknown);
        failed ||= !inspection.ok;
        if (json) process.stdout.write(`${jsonText(inspection)}\n`);
        else show(inspection, unknown.content);
      }
      process.exitCode = failed ? 1 : 0;
    });
}

function inspect(file: string, hook: string, unknown: UnknownParts): Inspection {
  try {
    const { xml, secrets } = maskSecrets(parseXml(readInput(file)));
    const model = withoutSecrets(secrets, () =>
      GUEST_HOOKS.includes(hook) ? buildModel(xml, "domain", unknown) : readHookData(xml, unknown),
    );
    return { file, ok: true, hook, model };
  } catch (error) {
    return { file, ok: false, error: explain(error) };
  }
}

function explain(error: unknown): InspectionError {
  if (error instanceof DocumentError) {
    return { code: error.code, message: error.message, line: error.line, column: error.column };
  }
  if (error instanceof Error && "code" in error) return { code: "unreadable", message: error.message };
  throw error;
}

function show(inspection: Inspection, unknown: UnknownContent | undefined): void {
  if (inspection.ok) {
    process.stdout.write(`${jsonText(inspection.model, 2)}\n`);
    if (unknown !== undefined) process.stderr.write(`${printable(`${inspection.file}: ${unknownText(unknown)}`)}\n`);
    return;
  }
  const { line, column, message } = inspection.error;
  const place = line === undefined ? inspection.file : `${inspection.file}:${line}:${column}`;
  process.stderr.write(`${printable(`${place}: ${message}`)}\n`);
}
