import type { Failure, PolicyLog, RewriteNote } from "../../src/engine/decision.ts";
import { hookWords } from "../../src/hook/invocation.ts";
import { answerFor } from "../../src/sandbox/evaluate.ts";
import { buildFiles } from "../bundle/build.ts";

/** What came of policies that rewrite one document, at `qemu/migrate`. */
export interface Rewritten {
  /** The new document, where every policy succeeded and one changed something. */
  readonly document: string | undefined;
  readonly failureOf: (name: string) => Pick<Failure, "kind" | "message"> | undefined;
  readonly editsOf: (name: string) => readonly RewriteNote[];
  readonly logsOf: (name: string) => readonly PolicyLog[];
}

/**
 * Runs rewritings in the real sandbox, each as a policy of its own in one bundle.
 *
 * @param rewritings Bodies of `rewrite(context)` in JavaScript, by the policy's name; `edit` and `log` are at hand.
 * @param limits Lines of virt-warden.yaml.
 */
export async function runRewritings(
  rewritings: Readonly<Record<string, string>>,
  document: string,
  limits = "limits: { time: 3s, deadline: 60s }\n",
): Promise<Rewritten> {
  const files = Object.entries(rewritings).map(([name, body]) => [`policies/${name}.ts`, wholeFile(name, body)]);
  const bundle = await buildFiles({ "virt-warden.yaml": limits, ...Object.fromEntries(files) });
  const { decision, document: bytes } = await answerFor(bundle, hookWords("qemu/migrate") ?? [], Buffer.from(document));
  return {
    document: bytes === undefined ? undefined : Buffer.from(bytes).toString(),
    failureOf: (name) => {
      const failure = decision.failures.find(({ policy }) => policy === name);
      return failure === undefined ? undefined : { kind: failure.kind, message: failure.message };
    },
    editsOf: (name) => (decision.rewrites ?? []).filter(({ policy }) => policy === name),
    logsOf: (name) => decision.logs.filter(({ policy }) => policy === name),
  };
}

function wholeFile(name: string, body: string): string {
  return `// @ts-nocheck
import { definePolicy } from "virt-warden";
export default definePolicy({ name: "${name}", on: ["qemu/migrate"], check() {}, rewrite(context) {
const { edit, log } = context;
${body}
} });
`;
}
