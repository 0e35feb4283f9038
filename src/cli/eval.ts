import type { Command } from "commander";
import { undecided, unreadableDocument } from "../audit/undecided.ts";
import type { Bundle } from "../bundle/bundle.ts";
import type { Decision, Status } from "../engine/decision.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { hookWords } from "../hook/invocation.ts";
import { jsonText } from "../log/json-text.ts";
import { readInput } from "../read-input.ts";
import { evaluateDocument } from "../sandbox/evaluate.ts";
import { UserError } from "../user-error.ts";
import { decisionJson } from "./decision-json.ts";
import { formatDecision } from "./format-decision.ts";
import { type BundleOptions, bundleOptions, checkBundleOptions, loadBundle } from "./load-bundle.ts";

interface EvalOptions extends BundleOptions {
  readonly event: string;
  readonly json?: true;
}

/** Adds the command `eval`. */
export function registerEval(program: Command): void {
  const command = program
    .command("eval")
    .description("decide documents at rest as the hook would, and show every finding")
    .argument("<file...>", "documents; - is stdin");
  bundleOptions(command)
    .option("--event <event>", "the event, as <hook>/<operation>", "qemu/prepare")
    .option("--json", "one JSON object a document a line")
    .addHelpText("after", EXAMPLE)
    .action(async (files: readonly string[], options: EvalOptions, command: Command) => {
      checkBundleOptions(options, command);
      if (files.filter((file) => file === "-").length > 1) command.error("error: - can be given once");
      const words = hookWords(options.event);
      if (words === undefined) command.error(`error: ${options.event} is no event of libvirt's, such as qemu/prepare`);
      process.exitCode = await evaluateFiles(files, words, options);
    });
}

const EXAMPLE = `
Exit status: 0 allowed; 1 denied by a policy; 2 refused, since a policy failed;
3 refused, since virt-warden failed; 64 wrong usage.

Example:
  virsh dumpxml web1 | virt-warden eval --config virt-warden.yaml -`;

async function evaluateFiles(
  files: readonly string[],
  words: readonly string[],
  options: EvalOptions,
): Promise<number> {
  const bundle = await loadBundle(options).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    return new EngineFailure("bundle", error.message);
  });
  const statuses: Status[] = [];
  for (const file of files) {
    const decision = await evaluateFile(file, words, bundle);
    statuses.push(decision.status);
    process.stdout.write(`${options.json ? jsonText(decisionJson(file, decision)) : formatDecision(file, decision)}\n`);
  }
  // the order in which they count when several apply
  return ([3, 1, 2] as const).find((status) => statuses.includes(status)) ?? 0;
}

async function evaluateFile(file: string, words: readonly string[], bundle: Bundle | EngineFailure): Promise<Decision> {
  if (bundle instanceof EngineFailure) return undecided(words, bundle, "");
  let document: Uint8Array;
  try {
    document = readInput(file);
  } catch (error) {
    return undecided(words, unreadableDocument(file, error), bundle.digest);
  }
  return evaluateDocument(bundle, words, document);
}
