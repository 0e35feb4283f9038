import type { Decision } from "../../src/engine/decision.ts";
import { hookWords } from "../../src/hook/invocation.ts";
import { answerFor } from "../../src/sandbox/evaluate.ts";
import type { RewriteEvent } from "../../typings/events.d.ts";
import { bundleOf } from "./judge.ts";

/** Decides a document that arrives by the real engine; at `qemu/migrate` unless another event is named. */
export type Rewriter = (document: string, event?: RewriteEvent) => Promise<Rewritten>;

/** A decision, and the document that it made of the one that came: undefined where nothing was changed, or refused. */
export interface Rewritten {
  readonly decision: Decision;
  readonly document: string | undefined;
}

/** Rewrites by one policy file, with these settings and the rest of its rule. */
export async function rewriteWith(policy: URL, name: string, settings?: object, rule: object = {}): Promise<Rewriter> {
  const bundle = await bundleOf(policy, { [name]: { ...rule, ...(settings === undefined ? {} : { settings }) } });
  return async (text, event = "qemu/migrate") => {
    const { decision, document } = await answerFor(bundle, hookWords(event) ?? [], Buffer.from(text));
    return { decision, document: document === undefined ? undefined : Buffer.from(document).toString() };
  };
}
