import type { Command } from "commander";
import { buildBundle } from "../bundle/build-bundle.ts";
import { type Bundle, DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { readConfiguration } from "../config/read-configuration.ts";
import type { Decision, Status } from "../engine/decision.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { failedDecision } from "../engine/fail.ts";
import { hookWords } from "../hook/invocation.ts";
import { jsonText } from "../log/json-text.ts";
import { evaluateDocument } from "../sandbox/evaluate.ts";
import { UserError } from "../user-error.ts";
import { formatDecision } from "./format-decision.ts";
import { readInput } from "./read-input.ts";

interface EvalOptions {
  readonly bundle?: string;
  readonly config?: string;
  readonly event: string;
  readonly json?: true;
}

/** Adds the command `eval`. */
export function registerEval(program: Command): void {
  program
    .command("eval")
    .description("decide documents at rest as the hook would, and show every finding")
    .argument("<file...>", "documents; - is stdin")
    .option("--bundle <dir>", `the bundle that virt-warden build wrote (default: "${DEFAULT_BUNDLE}")`)
    .option("--config <file>", "build from a configuration, in memory")
    .option("--event <event>", "the event, as <hook>/<operation>", "qemu/prepare")
    .option("--json", "one JSON object a document a line")
    .addHelpText("after", EXAMPLE)
    .action(async (files: readonly string[], options: EvalOptions, command: Command) => {
      if (options.bundle !== undefined && options.config !== undefined) {
        command.error("error: --bundle and --config exclude each other");
      }
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
    process.stdout.write(`${options.json ? jsonText(toJson(file, decision)) : formatDecision(file, decision)}\n`);
  }
  // the order in which they count when several apply
  return ([3, 1, 2] as const).find((status) => statuses.includes(status)) ?? 0;
}

async function loadBundle({ bundle, config }: EvalOptions): Promise<Bundle> {
  return config === undefined ? readBundle(bundle ?? DEFAULT_BUNDLE) : buildBundle(await readConfiguration(config));
}

async function evaluateFile(file: string, words: readonly string[], bundle: Bundle | EngineFailure): Promise<Decision> {
  if (bundle instanceof EngineFailure) return undecided(words, bundle, "");
  let document: Uint8Array;
  try {
    document = readInput(file);
  } catch (error) {
    const failure = new EngineFailure("unreadable", `cannot read ${file}: ${(error as Error).message}`);
    return undecided(words, failure, bundle.digest);
  }
  return evaluateDocument(bundle, words, document);
}

/** What cannot be judged is a failure whatever the event: here nobody's guest is running. */
function undecided(words: readonly string[], failure: EngineFailure, digest: string): Decision {
  return { ...failedDecision(words, failure, digest, false), decision: "deny", status: 3 };
}

/** The contract's form of a decision. */
function toJson(file: string, decision: Decision): object {
  const { event, object, decision: verdict, status, failures, policies, error } = decision;
  const findings = decision.findings.map(({ more: _, whenRunning: __, ...finding }) => finding);
  const rewrites = decision.rewrites?.map(({ more: _, ...note }) => note);
  return {
    file,
    event,
    object,
    decision: verdict,
    status,
    findings,
    failures,
    policies,
    ...(rewrites && { rewrites }),
    ...(error && { error }),
  };
}
