import type * as api from "../../../typings/test.d.ts";
import { ask } from "./bridge.ts";
import { type Judged, verdictOf } from "./verdict.ts";

export const judge: typeof api.judge = (policy, document, options = {}) => {
  const name = (policy as { readonly name?: unknown } | undefined)?.name;
  if (typeof name !== "string") throw new TypeError("judge(): it takes a policy file's default export first");
  return verdictOf(
    ask<Judged>({ ask: "judge", policy: name, document: textOf(document, "judge"), options: { ...options } }),
  );
};

export const judgeAll: typeof api.judgeAll = (document, options = {}) =>
  verdictOf(ask<Judged>({ ask: "judge", document: textOf(document, "judgeAll"), options: { ...options } }));

function textOf(document: unknown, called: string): string {
  if (typeof document === "string") return document;
  throw new TypeError(`${called}(): the document is not a text; guest() makes one`);
}
