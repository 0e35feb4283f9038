import type { Manifest, ManifestPolicy } from "../bundle/manifest.ts";
import { type Answer, decide } from "../engine/decide.ts";
import type { Engine } from "../engine/engine.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { failedDecision } from "../engine/fail.ts";
import { nearest } from "../nearest.ts";
import { applyEdits } from "../rewrite/apply-edits.ts";
import type { OpenBundle } from "../sandbox/open-bundle.ts";
import { readRewriteResult } from "../sandbox/rewrite-result.ts";
import { runPolicy } from "../sandbox/run-policy.ts";
import { runRewrite } from "../sandbox/run-rewrite.ts";
import type { PolicyRunner } from "../sandbox/runner.ts";
import { DocumentError } from "../xml/document-error.ts";
import { parseXml } from "../xml/parse.ts";
import type { Question, Reply } from "./bridge.ts";
import { readCallOptions, type TestCall } from "./call-options.ts";
import type { Ledger } from "./ledger.ts";
import { minimalGuest, minimalNetwork } from "./minimal-documents.ts";
import { readQuestion } from "./read-question.ts";
import { TestSettings } from "./settings-of.ts";
import { TestFault } from "./test-fault.ts";

/** A decision that a test asked for, and about what. */
export interface Judged {
  readonly decision: Answer["decision"];
  readonly came: Uint8Array;
}

/** Answers what tests ask, by the engine and the policies of a bundle. */
export class Answers {
  /** What the running test had judged, in its order. */
  readonly judged: Judged[] = [];
  readonly #bundle: OpenBundle;
  readonly #runner: PolicyRunner;
  readonly #settings: TestSettings;
  readonly #ledger: Ledger;

  /**
   * @param code The bundle's `policies.js`.
   * @param runner Runs policies, and their schemas.
   * @param ledger Knows what ended earlier processes of the file.
   */
  constructor(bundle: OpenBundle, code: Uint8Array, runner: PolicyRunner, ledger: Ledger) {
    this.#ledger = ledger;
    this.#bundle = bundle;
    this.#runner = runner;
    this.#settings = new TestSettings(code, runner, bundle.manifest.limits, ledger);
  }

  /** @param question JSON of a {@link Question}. Never rejects: what is wrong is in the reply, as JSON too. */
  async answer(question: string): Promise<string> {
    let reply: Reply;
    try {
      reply = { ok: true, value: await this.#answer(readQuestion(question)) };
    } catch (error) {
      reply = { ok: false, message: messageOf(error) };
    }
    this.#ledger.resumePart();
    return JSON.stringify(reply);
  }

  #answer(question: Question): unknown {
    switch (question.ask) {
      case "guest":
        return minimalGuest(question.parts, question.options);
      case "network":
        return minimalNetwork(question.parts, question.port);
      case "change":
        return changedDocument(question);
      case "settings":
        return this.#settings.refusal(this.#policy(question.policy), question.settings);
      case "judge":
        return this.#judge(question);
    }
  }

  async #judge({ policy, document, options }: Extract<Question, { ask: "judge" }>): Promise<object> {
    const manifest = policy === undefined ? this.#bundle.manifest : await this.#alone(policy, options.settings);
    if (policy === undefined && options.settings !== undefined) {
      throw new TestFault("judgeAll(): settings are those of the configuration; judge() takes others");
    }
    const call = readCallOptions(options, manifest.policies);
    const came = Buffer.from(document);
    const answer = await this.#decide(manifest, call, came);
    this.judged.push({ decision: answer.decision, came });
    const { decision, status, findings, failures, logs, error } = answer.decision;
    const rewritten = answer.document === undefined ? {} : { document: Buffer.from(answer.document).toString() };
    return {
      decision,
      status,
      findings: findings.map(({ from: _, more: __, whenRunning: ___, ...finding }) => finding),
      failures: failures.map((failure) => ({ policy: failure.policy, kind: failure.kind, message: failure.message })),
      logs,
      ...(error && { error }),
      ...rewritten,
    };
  }

  /** The manifest with one policy, which enforces and exempts nobody. */
  async #alone(name: string, given: unknown): Promise<Manifest> {
    const policy = this.#policy(name);
    const settings = await this.#settings.of(policy, given);
    const alone: ManifestPolicy = { ...policy, mode: "enforce", onError: "deny", exempt: [], settings };
    return { ...this.#bundle.manifest, policies: [alone] };
  }

  #policy(name: string): ManifestPolicy {
    const { manifest } = this.#bundle;
    const policy = manifest.policies.find((each) => each.name === name);
    if (policy === undefined) {
      const known = manifest.policies.map((each) => each.name);
      const close = nearest(name, known);
      const hint = close === undefined ? `it has ${known.join(", ")}` : `did you mean ${close}?`;
      throw new TestFault(`the configuration has no policy ${name}; ${hint}`);
    }
    return policy;
  }

  async #decide(manifest: Manifest, call: TestCall, came: Uint8Array): Promise<Answer> {
    const { invocation, ...told } = call;
    const { limits } = manifest;
    const engine: Engine = {
      ...told,
      manifest,
      digest: "",
      run: async (policy, input) => {
        const failure = this.#ledger.failureOfNext();
        if (failure !== undefined) return { findings: [], logs: [], failure };
        return runPolicy(this.#runner, policy, this.#bundle, input, limits);
      },
      rewrite: async (policy, input) => {
        const failure = this.#ledger.failureOfNext();
        if (failure !== undefined) return { edits: [], logs: [], failure };
        return runRewrite(this.#runner, policy, this.#bundle, input, limits);
      },
      failed: new Map(),
      spares: false,
    };
    try {
      return await decide(invocation, () => came, engine);
    } catch (error) {
      if (!(error instanceof EngineFailure || error instanceof DocumentError)) throw error;
      const { hook, operation, suboperation, extra } = invocation;
      return { decision: failedDecision([hook, "", operation, suboperation, extra], error, "", false) };
    }
  }
}

/** The class tells whose mistake it is. */
function messageOf(error: unknown): string {
  if (error instanceof TestFault) return error.message;
  return `virt-warden itself failed: ${error instanceof Error ? error.message : String(error)}`;
}

function changedDocument({ document, edits }: Extract<Question, { ask: "change" }>): string {
  // the same form that policies' edits have to have
  const read = readRewriteResult(JSON.stringify({ edits, logs: { kept: [], dropped: 0 }, error: null }));
  if (read === undefined) throw new TestFault("changed(): an edit has no place, or a value that is no text");
  const bytes = Buffer.from(document);
  try {
    return Buffer.from(
      applyEdits(bytes, parseXml(bytes), [{ policy: "changed()", edits: read.edits }]).bytes,
    ).toString();
  } catch (error) {
    throw new TestFault(`changed(): ${(error as Error).message.replace(" as policy changed() asks", "")}`);
  }
}
