/** What every decision has of its own: no two calls agree on these. */
const OWN = ["decisionId", "time", "durations"];

/**
 * A line of the decision log without its id, its time, and how long it and each policy took, so that two decisions on the same
 * call can be compared. Everything else stays, words that name times or sizes as well.
 *
 * @throws SyntaxError where it is no line of JSON.
 */
export function comparable(line: string): Readonly<Record<string, unknown>> {
  const { policies, ...rest } = JSON.parse(line) as { policies?: readonly object[] };
  const entries = Object.entries(rest).filter(([key]) => !OWN.includes(key));
  return { ...Object.fromEntries(entries), policies: policies?.map((policy) => ({ ...policy, ms: undefined })) };
}
