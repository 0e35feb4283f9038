import type { Bundle } from "../../src/bundle/bundle.ts";
import { sha256 } from "../../src/bundle/digest.ts";
import type { Decision, Failure, Finding, PolicyLog } from "../../src/engine/decision.ts";
import { buildFiles } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";
import { judgeBy } from "../support/judge.ts";

/** What came of one policy's attempt. */
export interface Attempt {
  readonly denials: readonly string[];
  readonly warnings: readonly string[];
  readonly findings: readonly Finding[];
  readonly failure: Failure | undefined;
  readonly logs: readonly PolicyLog[];
}

/**
 * Runs checks in the real sandbox, each as a policy of its own in one bundle.
 *
 * @param checks bodies of `check(context)` in JavaScript, by the policy's name; `deny`, `warn` and `log` are at hand, and
 *   `NATIVE__(() => { … })()` calls an async function of V8's own, as in bundles that were built before they were lowered.
 * @param configuration more lines of virt-warden.yaml.
 * @param document what they judge.
 * @returns what came of each, by name, and the whole decision.
 */
export async function runAttempts(
  checks: Readonly<Record<string, string>>,
  configuration = "limits: { time: 3s, deadline: 60s }\n",
  document = guest(),
): Promise<{ readonly of: (name: string) => Attempt; readonly decision: Decision }> {
  const files = Object.entries(checks).map(([name, body]) => [`policies/${name}.ts`, wholeFile(name, body)]);
  const bundle = await buildFiles({ "virt-warden.yaml": configuration, ...Object.fromEntries(files) });
  const decision = await judgeBy(withNativeAsync(bundle))(document);
  return { decision, of: (name) => pick(decision, name) };
}

function withNativeAsync(bundle: Bundle): Bundle {
  const text = Buffer.from(bundle.code).toString("latin1");
  const code = Buffer.from(text.replaceAll("NATIVE__(()=>", "   (async()=>"), "latin1");
  const manifest = { ...bundle.manifest, code: { bytes: code.length, sha256: sha256(code) } };
  const manifestText = JSON.stringify(manifest);
  return { ...bundle, code, manifest, manifestText, digest: sha256(manifestText) };
}

function pick(decision: Decision, name: string): Attempt {
  const findings = decision.findings.filter(({ policy }) => policy === name);
  const reasons = (level: string) => findings.filter((each) => each.level === level).map(({ reason }) => reason);
  return {
    denials: reasons("deny"),
    warnings: reasons("warn"),
    findings,
    failure: decision.failures.find(({ policy }) => policy === name),
    logs: decision.logs.filter(({ policy }) => policy === name),
  };
}

function wholeFile(name: string, body: string): string {
  return `// @ts-nocheck
import { definePolicy } from "virt-warden";
export default definePolicy({ name: "${name}", check(context) { const { deny, warn, log } = context;
${body}
} });
`;
}
