/**
 * Sorts what policies gave into rounds: every policy's first, then every policy's second, and so on, so that a flood of
 * one leaves room for the others'.
 */
export function inRounds<T extends { readonly policy: string }>(list: readonly T[]): readonly (readonly T[])[] {
  const rounds: T[][] = [];
  const seen = new Map<string, number>();
  for (const each of list) {
    const round = seen.get(each.policy) ?? 0;
    seen.set(each.policy, round + 1);
    rounds[round] ??= [];
    rounds[round].push(each);
  }
  return rounds;
}
