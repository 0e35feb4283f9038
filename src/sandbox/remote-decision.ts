import type { ManifestPolicy } from "../bundle/manifest.ts";
import { type Engine, watches } from "../engine/engine.ts";
import { sharesInput } from "../engine/policy-inputs.ts";
import type { Invocation } from "../hook/invocation.ts";
import type { OpenBundle } from "./open-bundle.ts";
import type { TimedResult } from "./read-warm-answer.ts";
import type { RemotePolicies } from "./remote-policies.ts";
import { type CheckInput, type GuestFunction, readGuest } from "./run-guest.ts";
import { CHECK, runOf } from "./run-policy.ts";
import { REWRITE, rewriteRunOf } from "./run-rewrite.ts";
import type { WarmAnswer, WarmAsk } from "./warm-call.ts";

/** What an engine needs to have policies judge one invocation elsewhere. */
export interface RemoteDecision extends Required<Pick<Engine, "run" | "rewrite" | "isElsewhere">> {
  /** What the evaluators said so far of how long contexts took to be made, in milliseconds. */
  readonly durations: Pick<WarmAnswer, "contextsMs">;
}

/** Gives at least one evaluator. */
export type Sharing = (policies: number) => readonly Pick<RemotePolicies, "ask">[];

/** What policies' calls came to, by their names. */
type Results = Promise<ReadonlyMap<string, TimedResult>>;

/**
 * Has warm evaluators judge one invocation, each some of the policies. All policies that get the same input are run when
 * the first of them is asked for. Where an evaluator is gone, what it was asked never settles.
 *
 * @param sharing Gives evaluators of the same bundle that share so many policies, and are asked nothing else meanwhile.
 * @param onBeat Called each time that an evaluator shows that it goes on, while policies take long.
 */
export function remoteDecision(
  sharing: Sharing,
  bundle: OpenBundle,
  invocation: Invocation,
  onBeat: () => void = () => {},
): RemoteDecision {
  const durations = { contextsMs: 0 };
  const asked = new Map<CheckInput, Map<string, Results>>();

  const ask = async (command: WarmAsk["command"], policies: readonly ManifestPolicy[], input: CheckInput): Results => {
    const remotes = sharing(policies.length);
    const each = Math.ceil(policies.length / remotes.length);
    const parts = remotes.map((remote, index) => ({ remote, own: policies.slice(index * each, (index + 1) * each) }));
    const answers = await Promise.all(
      parts.filter(({ own }) => own.length > 0).map(({ remote, own }) => remote.ask(command, own, input, onBeat)),
    );
    // they ran at the same time
    durations.contextsMs += Math.max(...answers.map(({ contextsMs }) => contextsMs));
    const results = answers.flatMap((answer) => answer.results);
    return new Map(results.map((result, index) => [policies[index]?.name ?? "", result]));
  };

  const resultOf = async (
    { command }: GuestFunction<unknown>,
    policy: ManifestPolicy,
    input: CheckInput,
  ): Promise<TimedResult> => {
    const known = asked.get(input) ?? new Map<string, Results>();
    asked.set(input, known);
    const key = (name: string): string => `${command} ${name}`;
    if (!known.has(key(policy.name))) {
      const isBeside = (one: ManifestPolicy): boolean =>
        watches(one, invocation) && sharesInput(one, policy) && (command === "check" || one.rewrites);
      const beside = bundle.manifest.policies.filter((one) => one === policy || isBeside(one));
      const results = ask(command, beside, input);
      for (const { name } of beside) known.set(key(name), results);
    }
    const result = (await known.get(key(policy.name)))?.get(policy.name);
    if (result === undefined) throw new Error(`Cannot run policy ${policy.name}: no evaluator was asked`);
    return result;
  };

  return {
    durations,
    isElsewhere: true,
    run: async (policy, input, limits) => {
      const { result, ms } = await resultOf(CHECK, policy, input);
      return { ...runOf(readGuest(CHECK, result, policy, bundle, limits)), ms };
    },
    rewrite: async (policy, input, limits) => {
      const { result, ms } = await resultOf(REWRITE, policy, input);
      return { ...rewriteRunOf(readGuest(REWRITE, result, policy, bundle, limits)), ms };
    },
  };
}
