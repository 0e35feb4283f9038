/**
 * Works on several items at once, and gives the results in the items' order. No more are held than are worked on.
 *
 * @param limit how many at once, at least 1.
 * @param work must not reject.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const pending: Promise<Result>[] = [];
  for (const item of items) {
    pending.push(work(item));
    const first = pending.length < limit ? undefined : pending.shift();
    if (first !== undefined) yield await first;
  }
  for (const each of pending) yield await each;
}
