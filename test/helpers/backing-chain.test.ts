import assert from "node:assert/strict";
import { test } from "node:test";
import { backingChain, diskSource } from "../../src/index.ts";
import { diskModel } from "./model-of.ts";

/** A disk above this. */
const diskAbove = (store: string) =>
  diskModel(`<disk type='file' device='disk'><source file='/srv/top'/>${store}<target dev='vda'/></disk>`);

/** So many stores, one in the other, the outermost first, above this. */
function stores(count: number, end: string): string {
  const begin = Array.from({ length: count }, (_, level) => {
    return `<backingStore type='file'><format type='qcow2'/><source file='/srv/${level}'/>`;
  });
  return begin.join("") + end + "</backingStore>".repeat(count);
}

test("backingChain() lists the stores below a disk, the nearest first, without the end", () => {
  const chain = backingChain(diskAbove(stores(3, "<backingStore/>")));
  assert.deepEqual(chain.map(diskSource), ["/srv/0", "/srv/1", "/srv/2"]);
});

test("backingChain() is empty where the document holds no chain, or its end alone", () => {
  assert.deepEqual(backingChain(diskAbove("")), []);
  assert.deepEqual(backingChain(diskAbove("<backingStore/>")), []);
});

test("backingChain() ends where a store has no type, as libvirt does", () => {
  const store = "<backingStore><format type='raw'/><source file='/srv/ignored'/></backingStore>";
  assert.deepEqual(backingChain(diskAbove(stores(1, store))).map(diskSource), ["/srv/0"]);
});

test("backingChain() lists hundreds of stores", () => {
  const chain = backingChain(diskAbove(stores(500, "<backingStore/>")));
  assert.equal(chain.length, 500);
  assert.equal(diskSource(chain.at(-1) ?? assert.fail()), "/srv/499");
});

test("backingChain() of a mirror or of a store is what lies below that", () => {
  const mirror = `<mirror type='file' job='copy'><format type='raw'/><source file='/srv/m'/>${stores(2, "")}</mirror>`;
  assert.equal(backingChain(diskAbove(mirror).mirror ?? assert.fail()).length, 2);
  const [first = assert.fail()] = backingChain(diskAbove(stores(3, "")));
  assert.deepEqual(backingChain(first).map(diskSource), ["/srv/1", "/srv/2"]);
});
