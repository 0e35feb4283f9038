import type { Manifest, ManifestPolicy } from "../bundle/manifest.ts";
import { now } from "../now.ts";
import type { CallResult } from "./isolate.ts";
import { PolicyRunner } from "./runner.ts";
import { settingsText } from "./settings-text.ts";
import { BEAT_TIME, type WarmAnswer, type WarmAsk, type WarmResult } from "./warm-call.ts";
import { LONGEST_TEXT, type WarmPolicy } from "./warm-isolate.ts";
import { WarmIsolates } from "./warm-isolates.ts";

/** How long a policy may take at first, in milliseconds: nobody can be told of anything meanwhile. */
const FIRST_TIME = 100;

/** What the runtime's result ends in where the policy neither threw nor returned anything. */
const NO_ERROR = ',"error":null}';

/** The policies of a bundle, run for decision after decision. */
export class WarmPolicies {
  readonly #manifest: Manifest;
  readonly #policies: readonly WarmPolicy[];
  #isolates: WarmIsolates | undefined;
  #isSpent = false;

  /** @param codeOf Gives a policy's code. */
  constructor(manifest: Manifest, codeOf: (policy: ManifestPolicy) => string) {
    this.#manifest = manifest;
    this.#policies = manifest.policies.map((policy) => ({ code: codeOf(policy), settings: settingsText(policy) }));
  }

  /** Makes ready what the next decision needs, as long as nothing unusual happened. */
  prepare(): void {
    if (this.#isSpent) return;
    this.#isolates ??= new WarmIsolates(this.#policies, this.#manifest.limits.memory, abort);
    this.#isolates.prepare();
  }

  /**
   * Runs the policies that a frame asks for, each quickly at first. One that throws is run once more as if this were a
   * process of one decision, where there is more of the stack; so is one that does not come to its end, and all after it,
   * since nobody knows what is left of it: that says the same of all of them as such a process.
   */
  async answer([head = "", text = ""]: readonly string[], beat: () => void): Promise<string[]> {
    const ask = JSON.parse(head) as WarmAsk;
    const before = this.#isolates?.contextMs ?? 0;
    using runner = new PolicyRunner(this.#manifest.limits, "shared", abort, { started: () => {}, exhausted: abort });
    const fast = this.#fast(ask, text);
    const results: WarmResult[] = [];
    const texts: string[] = [];
    let said = now();
    for (const place of ask.policies) {
      const began = now();
      if (began - said > BEAT_TIME) {
        beat();
        said = began;
      }
      const { value: found, done } = fast?.next() ?? { done: true };
      if (found === undefined && done !== true) this.#spend();
      const isClean = found?.endsWith(NO_ERROR) === true;
      const result: CallResult = isClean ? { ok: true, text: found } : await this.#runAsOnce(runner, place, ask, text);
      if (result.text !== undefined) texts.push(result.text);
      const { text: _, ...rest } = result;
      results.push({ ...rest, ms: now() - began, hasText: result.text !== undefined } as WarmResult);
    }
    fast?.return();
    const contextsMs = (this.#isolates?.contextMs ?? before) - before + runner.contextMs;
    const answer: WarmAnswer = {
      results,
      contextsMs,
      isSpent: this.#isSpent || this.#isolates?.isFull === true,
    };
    return [JSON.stringify(answer), ...texts];
  }

  /** Runs policies quickly, each when it is asked for; the last that it gives is undefined where something is not in order. */
  #fast({ command, policies, head }: WarmAsk, text: string): Generator<string | undefined, void, void> | undefined {
    const time = Math.min(this.#manifest.limits.time, FIRST_TIME);
    return text.length > LONGEST_TEXT ? undefined : this.#isolates?.run(policies, { command, text, head, time });
  }

  #spend(): void {
    this.#isSpent = true;
    this.#isolates?.[Symbol.dispose]();
    this.#isolates = undefined;
  }

  #runAsOnce(runner: PolicyRunner, place: number, { command, head }: WarmAsk, text: string): Promise<CallResult> {
    const { code, settings } = this.#policies[place] as WarmPolicy;
    const name = this.#manifest.policies[place]?.name ?? "";
    return runner.run(name, { command, code, inputs: [text, head, settings] });
  }
}

/** Whoever asked sees this process end, and decides in another way. */
function abort(): never {
  process.abort();
}
