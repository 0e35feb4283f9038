/** What there is to run, and how. */
export interface Task<T, R> {
  readonly items: readonly T[];
  readonly atOnce: number;
  readonly run: (item: T) => Promise<R>;
  /** Whether a result only shows that the machine had others to serve. */
  readonly isLate: (result: R) => boolean;
  /** Is told the result of each as soon as it is there, and whether that was late, so that another one follows. */
  readonly done?: (result: R, isLate: boolean) => void;
}

/** Runs something for all items, some at a time, then what was late once more and alone; the results are in order. */
export async function runAll<T, R>({ items, atOnce, run, isLate, done = () => {} }: Task<T, R>): Promise<R[]> {
  const results: R[] = [];
  const late: (readonly [number, T])[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) {
      const result = await run(item);
      results[index] = result;
      if (isLate(result)) late.push([index, item]);
      done(result, isLate(result));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  for (const [index, item] of late) {
    const result = await run(item);
    results[index] = result;
    done(result, false);
  }
  return results;
}
