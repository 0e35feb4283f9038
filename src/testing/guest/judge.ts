import type * as api from "../../../typings/test.d.ts";
import { ask } from "./bridge.ts";
import { TestError } from "./test-error.ts";
import { type Judged, verdictOf } from "./verdict.ts";

export const judge: typeof api.judge = (policy, document, options = {}) => {
  const name = (policy as { readonly name?: unknown } | undefined)?.name;
  if (typeof name !== "string") throw new TestError("judge(): it takes a policy file's default export first");
  return verdictOf(
    ask<Judged>({ ask: "judge", policy: name, document: textOf(document, "judge"), options: { ...options } }),
  );
};

export const judgeAll: typeof api.judgeAll = (document, options = {}) =>
  verdictOf(ask<Judged>({ ask: "judge", document: textOf(document, "judgeAll"), options: { ...options } }));

function textOf(document: unknown, called: string): string {
  if (typeof document === "string") return document;
  throw new TestError(`${called}(): the document is not a text; guest() makes one`);
}
