import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { AtOnce } from "../../src/audit/at-once.ts";
import { inOrder } from "../../src/audit/in-order.ts";

/** Work that notes how much of it there is at once. */
function counting(): { most: number; work(item: number): Promise<number> } {
  let now = 0;
  const counter = {
    most: 0,
    async work(item: number): Promise<number> {
      counter.most = Math.max(counter.most, ++now);
      await setTimeout(item);
      now--;
      return item;
    },
  };
  return counter;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test("inOrder() gives results in the items' order, and works on no more than the limit at once", async () => {
  const items = [9, 1, 5, 2, 0, 7, 3];
  for (const limit of [1, 3, 100]) {
    const counter = counting();
    assert.deepEqual(await collect(inOrder(items, limit, counter.work)), items);
    assert.equal(counter.most, Math.min(limit, items.length));
  }
  assert.deepEqual(await collect(inOrder([], 3, counting().work)), []);
});

test("AtOnce runs no more than its limit at once, also after some of it failed", async () => {
  const counter = counting();
  const atOnce = new AtOnce(2);
  const failing = atOnce.run(() => Promise.reject(new Error("no")));
  const all = Promise.all([4, 3, 2, 1].map((item) => atOnce.run(() => counter.work(item))));
  await assert.rejects(failing, /no/);
  assert.deepEqual(await all, [4, 3, 2, 1]);
  assert.equal(counter.most, 2);
});
