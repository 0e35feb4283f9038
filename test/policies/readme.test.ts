import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import type { Policy } from "../../typings/index.d.ts";

const FOLDER = new URL("../../policies/", import.meta.url);

/** A row of the table, by its columns. */
interface Row {
  readonly policy: string;
  readonly demands: string;
  readonly "protects from": string;
  readonly settings: string;
  readonly events: string;
  readonly sources: string;
}

/** What the table should tell of a policy's file. */
interface Shipped {
  readonly name: string;
  readonly policy: string;
  readonly demands: string;
  readonly settings: string;
  readonly events: string;
  readonly urls: readonly string[];
}

let rows: readonly Row[];
let shipped: readonly Shipped[];

before(async () => {
  const readme = readFileSync(new URL("README.md", FOLDER), "utf8");
  const [head = [], , ...body] = readme
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  rows = body.map((cells) => Object.fromEntries(cells.map((cell, index) => [head[index], cell])) as unknown as Row);
  const files = readdirSync(FOLDER).filter((file) => /^[^.]+\.ts$/.test(file));
  shipped = await Promise.all(files.toSorted().map(readShipped));
});

async function readShipped(file: string): Promise<Shipped> {
  const { default: policy } = (await import(new URL(file, FOLDER).href)) as { default: Policy };
  const settings = Object.keys((policy.settings as { entries?: object } | undefined)?.entries ?? {});
  const events = Map.groupBy(policy.on ?? ["qemu/prepare", "qemu/migrate", "qemu/restore"], (event) => {
    return event.replace(/\/.*/, "");
  });
  return {
    name: policy.name,
    policy: `[\`${policy.name}\`](${file})`,
    demands: policy.description ?? "",
    settings: settings.map((name) => `\`${name}\``).join(", ") || "none",
    events: [...events].map(([hook, of]) => `${hook}: ${of.map((event) => event.split("/")[1]).join(" ")}`).join("; "),
    urls: [...readFileSync(new URL(file, FOLDER), "utf8").matchAll(/@see (https:\S+)/g)].map(([, url = ""]) => url),
  };
}

test("the table has a row for each policy, in the order of their names", () => {
  assert.deepEqual(
    rows.map(({ policy }) => policy),
    shipped.map(({ policy }) => policy),
  );
  assert.ok(shipped.length >= 16, `${shipped.length} policies`);
});

test("rows say what the policies' files say: description, settings, events and sources", () => {
  assert.deepEqual(
    rows.map(({ demands, settings, events }) => ({ demands, settings, events })),
    shipped.map(({ demands, settings, events }) => ({ demands, settings, events })),
  );
  for (const [index, { name, urls }] of shipped.entries()) {
    const listed = [...(rows[index]?.sources ?? "").matchAll(/\]\((https:[^)]+)\)/g)].map(([, url]) => url);
    assert.deepEqual(listed, urls, name);
    assert.ok(urls.length > 0, `${name} names no source`);
  }
});

test("rows say in one sentence what a policy protects from", () => {
  for (const row of rows) assert.match(row["protects from"], /^[A-Z][^.]+\.$/, row.policy);
});

test("a policy's file has its name, and a test beside it", () => {
  const files = readdirSync(FOLDER);
  for (const { name, policy } of shipped) {
    assert.equal(policy, `[\`${name}\`](${name}.ts)`);
    assert.ok(files.includes(`${name}.test.ts`), `${name} has no test`);
  }
});
