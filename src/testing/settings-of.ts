import type { Limits, ManifestPolicy } from "../bundle/manifest.ts";
import { describeAll } from "../sandbox/describe-policy.ts";
import type { PolicyRunner } from "../sandbox/runner.ts";
import type { Ledger } from "./ledger.ts";
import { TestFault } from "./test-fault.ts";

/** Has policies' schemas make settings of what tests give, in the sandbox; what is asked twice is made once. */
export class TestSettings {
  readonly #known = new Map<string, Promise<unknown>>();
  readonly #code: Uint8Array;
  readonly #runner: PolicyRunner;
  readonly #limits: Limits;
  readonly #ledger: Ledger;

  constructor(code: Uint8Array, runner: PolicyRunner, limits: Limits, ledger: Ledger) {
    this.#ledger = ledger;
    this.#code = code;
    this.#runner = runner;
    this.#limits = limits;
  }

  /**
   * The settings that a policy gets.
   *
   * @param given What its schema takes; undefined for the defaults, `configured` for the configuration's.
   * @throws {TestFault} where the schema does not take them.
   */
  of(policy: ManifestPolicy, given: unknown): Promise<unknown> {
    if (given === "configured") return Promise.resolve(policy.settings);
    const key = `${policy.name} ${JSON.stringify(given)}`;
    const known = this.#known.get(key) ?? this.#make(policy, given);
    this.#known.set(key, known);
    return known;
  }

  /** Why a schema does not take settings; undefined where it does. */
  async refusal(policy: ManifestPolicy, given: unknown): Promise<string | undefined> {
    const made = await this.#describe(policy, given);
    return "settings" in made ? undefined : made.why;
  }

  async #make(policy: ManifestPolicy, given: unknown): Promise<unknown> {
    const made = await this.#describe(policy, given);
    if ("settings" in made) return made.settings;
    throw new TestFault(`judge(): ${policy.name} does not take these settings: ${made.why}`);
  }

  async #describe(policy: ManifestPolicy, given: unknown): Promise<{ settings: unknown } | { why: string }> {
    const { name, file, offset, length } = policy;
    const settings: Record<string, unknown> = Object.create(null);
    if (given !== undefined) settings[name] = given;
    const input = { policies: [{ file, offset, length }], settings, limits: this.#limits };
    const failure = this.#ledger.failureOfNext();
    const failed = new Map(failure === undefined ? [] : [["0", failure]]);
    const [description] = await describeAll(input, this.#code, this.#runner, "", failed);
    if (description?.ok === true) return { settings: description.settings };
    const issues = (description?.issues ?? []).map(({ path, message }) => `settings${pathText(path)}: ${message}`);
    return { why: issues.length > 0 ? issues.join("; ") : (description?.message ?? "it gave no description") };
  }
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
}
