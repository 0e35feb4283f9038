/**
 * Runs tasks, some at a time, and gives their results in order.
 *
 * @param done Is told each result as soon as it is there.
 */
export async function runAll<T, R>(
  items: readonly T[],
  atOnce: number,
  run: (item: T) => Promise<R>,
  done: (result: R) => void = () => {},
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) {
      const result = await run(item);
      results[index] = result;
      done(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
