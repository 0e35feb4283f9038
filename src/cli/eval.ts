import type { Command } from "commander";
import { undecided, unreadableDocument } from "../audit/undecided.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { onePolicy } from "../bundle/one-policy.ts";
import type { Decision, Status } from "../engine/decision.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { type Explanation, explain } from "../explain/explain.ts";
import { hookWords } from "../hook/invocation.ts";
import { jsonText } from "../log/json-text.ts";
import { suggestion } from "../nearest.ts";
import { readInput } from "../read-input.ts";
import { explainDocument } from "../sandbox/evaluate.ts";
import { UserError } from "../user-error.ts";
import { decisionJson } from "./decision-json.ts";
import { formatDecision } from "./format-decision.ts";
import { type BundleOptions, bundleOptions, checkBundleOptions, loadBundle } from "./load-bundle.ts";

interface EvalOptions extends BundleOptions {
  readonly event: string;
  readonly policy?: string;
  readonly json?: true;
}

/** Adds the command `eval`. */
export function registerEval(program: Command): void {
  const command = program
    .command("eval")
    .description("decide documents at rest as the hook would, and explain what each policy made of them")
    .argument("<file...>", "documents; - is stdin");
  bundleOptions(command)
    .option("--event <event>", "the event, as <hook>/<operation>", "qemu/prepare")
    .option("--policy <name>", "look at one policy alone")
    .option("--json", "one JSON object a document a line")
    .addHelpText("after", EXAMPLE)
    .action(async (files: readonly string[], options: EvalOptions, command: Command) => {
      checkBundleOptions(options, command);
      if (files.filter((file) => file === "-").length > 1) command.error("error: - can be given once");
      const words = hookWords(options.event);
      if (words === undefined) command.error(`error: ${options.event} is no event of libvirt's, such as qemu/prepare`);
      const bundle = await loadBundle(options).catch(failureOf);
      process.exitCode = await evaluateFiles(
        files,
        words,
        named(bundle, options.policy, command),
        options.json === true,
      );
    });
}

const EXAMPLE = `
Of each policy: what became of it, how long it took and what it added to the
heap; why it did not judge, or has no effect (event, mode, exemption); what it
found, with the lines of the document, passwords masked.

Exit status: 0 allowed; 1 denied by a policy; 2 refused, since a policy failed;
3 refused, since virt-warden failed; 64 wrong usage.

Example:
  $ virsh dumpxml web1 | virt-warden eval --config virt-warden.yaml -
  DENY  -  web1  qemu/prepare  status 1
    denied by no-host-passthrough
    no-host-passthrough  deny              2.4 ms     236 KiB
      deny: CPU mode host-passthrough ties the guest to this host
        at cpu/@mode, 12:8
            11 | </os>
          > 12 | <cpu mode='host-passthrough'/>
            13 | <devices>`;

function failureOf(error: unknown): EngineFailure {
  if (!(error instanceof UserError)) throw error;
  return new EngineFailure("bundle", error.message);
}

/** A bundle of the one policy, where one is named. */
function named(bundle: Bundle | EngineFailure, policy: string | undefined, command: Command): Bundle | EngineFailure {
  if (policy === undefined || bundle instanceof EngineFailure) return bundle;
  const names = bundle.manifest.policies.map(({ name }) => name);
  if (!names.includes(policy)) command.error(`error: no policy is named ${policy}${suggestion(policy, names)}`);
  return onePolicy(bundle, policy);
}

/** @returns the exit status. */
async function evaluateFiles(
  files: readonly string[],
  words: readonly string[],
  bundle: Bundle | EngineFailure,
  isJson: boolean,
): Promise<number> {
  const statuses: Status[] = [];
  for (const [index, file] of files.entries()) {
    const { decision, explanation } = await evaluateFile(file, words, bundle);
    statuses.push(decision.status);
    const text = isJson
      ? jsonText(decisionJson(file, decision, explanation?.excerpts, explanation?.policies))
      : formatDecision(file, decision, explanation);
    process.stdout.write(`${index > 0 && !isJson ? "\n" : ""}${text}\n`);
  }
  const refused = statuses.filter((status) => status !== 0).length;
  if (files.length > 1 && !isJson) {
    process.stdout.write(`\n${refused} of ${files.length} documents would be refused\n`);
  }
  // the order in which they count when several apply
  return ([3, 1, 2] as const).find((status) => statuses.includes(status)) ?? 0;
}

async function evaluateFile(
  file: string,
  words: readonly string[],
  bundle: Bundle | EngineFailure,
): Promise<{ readonly decision: Decision; readonly explanation?: Explanation }> {
  if (bundle instanceof EngineFailure) return { decision: undecided(words, bundle, "") };
  let document: Uint8Array;
  try {
    document = readInput(file);
  } catch (error) {
    return { decision: undecided(words, unreadableDocument(file, error), bundle.digest) };
  }
  const decision = await explainDocument(bundle, words, document);
  return { decision, explanation: explain(bundle.manifest, words, document, decision) };
}
