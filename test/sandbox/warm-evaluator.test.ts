import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluateDocument } from "../../src/sandbox/evaluate.ts";
import { buildFiles } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";
import { comparable } from "./comparable.ts";
import { Warm } from "./warm.ts";

/** Memory takes its time to run out, and what loops all that it has. */
const limits = (time: string): string => `limits: { time: ${time}, memory: 16MiB, deadline: 60s }\n`;

/** A policy's file. */
function file(name: string, body: string, before = "", more = ""): string {
  return `// @ts-nocheck
import { definePolicy } from "virt-warden";
${before}
export default definePolicy({ name: "${name}", ${more} check({ domain, xml, settings, host, deny, warn, log }) { ${body} } });
`;
}

function bundleOf(policies: Readonly<Record<string, string>>, time = "600ms") {
  const files = Object.entries(policies).map(([name, body]) => [`policies/${name}.ts`, file(name, body)]);
  return buildFiles({ "virt-warden.yaml": limits(time), ...Object.fromEntries(files) });
}

/** What policies may come to, and that this process can say. */
const POLICIES = {
  denies: `deny("no " + domain.name, { at: "name" }); log.info("seen", { memory: domain.memory });`,
  warns: `warn(xml.name + Object.keys(settings).length + typeof host.cpus);`,
  throws: `deny("before"); throw new TypeError("wrong");`,
  rejects: `deny("before"); Promise.reject(new Error("late"));`,
  "denies-later": `Promise.resolve().then(() => deny("later"));`,
  returns: `return 1;`,
  loops: `deny("found"); while (deny) ;`,
  "loops-later": `Promise.resolve().then(() => { while (deny) ; });`,
  hoards: `deny("found"); for (const all = []; ; ) all.push({ text: all.length });`,
  allows: ``,
};

test("says of policies what a process of one decision says of them, and goes on after none that had to be stopped", async () => {
  const { loops, "loops-later": later, hoards, ...usual } = POLICIES;
  for (const policies of [usual, { ...usual, loops }, { later, ...usual }, { hoards, ...usual }]) {
    const bundle = await bundleOf(policies, "hoards" in policies ? "10s" : "600ms");
    await using warm = new Warm(bundle);
    await warm.policies.ready;
    const cold = await evaluateDocument(bundle, ["qemu", "", "prepare", "begin", "-"], Buffer.from(guest()));
    assert.deepEqual(comparable(await warm.decide()), comparable(cold));
    assert.equal(warm.policies.isSpent, policies !== usual);
    // spent or not, it decides the same again
    assert.deepEqual(comparable(await warm.decide()), comparable(cold));
  }
});

test("leaves nothing of a decision to the next, and runs a module's code at the decision", async () => {
  const before = `let calls = 0; const loaded = Date.now();`;
  const body = `calls += 1; globalThis.left = (globalThis.left ?? 0) + 1; Array.prototype.left = (Array.prototype.left ?? 0) + 1;
    warn([calls, globalThis.left, [].left].join()); warn(String(loaded)); warn(domain.name);`;
  const bundle = await buildFiles({
    "policies/a.ts": file("a", body, before),
    "policies/b.ts": file("b", body, before),
  });
  await using warm = new Warm(bundle);
  await warm.policies.ready;
  for (const name of ["first", "second", "third"]) {
    const started = Date.now();
    const { findings } = await warm.decide(guest("", name));
    const said = findings.map(({ reason }) => reason);
    assert.deepEqual([said[0], said[2], said[3], said[5]], ["1,1,1", name, "1,1,1", name]);
    assert.ok(
      [said[1], said[4]].every((loaded) => Number(loaded) >= started),
      "the module ran before the decision",
    );
  }
});

test("asks once for all policies that get the same, and tells how long each took", async () => {
  const source = file("secret", `warn("secret");`, "", `needs: ["secrets"],`);
  const bundle = await buildFiles({
    "policies/a.ts": file("a", ``),
    "policies/z.ts": source,
    "policies/b.ts": file("b", `while (Date.now() % 20) ;`),
  });
  await using warm = new Warm(bundle);
  await warm.policies.ready;
  const { findings, policies } = await warm.decide();
  assert.deepEqual(
    findings.map(({ reason }) => reason),
    ["secret"],
  );
  assert.ok(policies.every(({ ms }) => ms > 0 && ms < 10_000));
});

test("changes documents as a process of one decision does", async () => {
  const rewrites = file(
    "rewrites",
    `warn(domain.title);`,
    "",
    `on: ["qemu/migrate"], rewrite({ edit, domain }) { edit.setText("title", domain.title + "!"); },`,
  );
  const bundle = await buildFiles({ "policies/a.ts": rewrites });
  await using warm = new Warm(bundle);
  await warm.policies.ready;
  const document = guest("<title>old</title>");
  const cold = await evaluateDocument(bundle, ["qemu", "", "migrate", "begin", "-"], Buffer.from(document));
  assert.deepEqual(
    cold.findings.map(({ reason }) => reason),
    ["old!"],
  );
  assert.deepEqual(comparable(await warm.decide(document, "qemu/migrate")), comparable(cold));
});

test("shares many policies with others, which say together what one says", async () => {
  const policies = Array.from({ length: 40 }, (_, index) => {
    const body = index % 7 === 0 ? `deny("${index}");` : index % 11 === 0 ? `throw new Error("${index}");` : "";
    return [`p${index}`, body] as const;
  });
  const bundle = await bundleOf(Object.fromEntries(policies));
  await using first = new Warm(bundle);
  await using second = new Warm(bundle, first);
  await Promise.all([first.policies.ready, second.policies.ready]);
  const cold = await evaluateDocument(bundle, ["qemu", "", "prepare", "begin", "-"], Buffer.from(guest()));
  const shared = await first.decide(guest(), "qemu/prepare", { beside: [second] });
  assert.deepEqual(comparable(shared), comparable(cold));
  assert.deepEqual(comparable(await second.decide()), comparable(cold));
  second.kill();
  await assert.rejects(first.decide(guest(), "qemu/prepare", { beside: [second] }), { message: /^gone: / });
});

test("makes contexts ready when it is told to, and else for the decision", async () => {
  await using warm = new Warm(await bundleOf({ allows: POLICIES.allows }));
  await warm.policies.ready;
  const contexts = async (): Promise<number> => (await warm.decide()).durations?.contexts ?? Number.NaN;
  assert.equal(await contexts(), 0);
  assert.ok((await contexts()) > 0);
  warm.policies.prepare();
  assert.equal(await contexts(), 0);
});

test("decides the same whoever has both readers read the document", async () => {
  await using warm = new Warm(await bundleOf({ denies: POLICIES.denies }));
  await warm.policies.ready;
  const expected = comparable(await warm.decide());
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, 200, true));
  for (const answer of [undefined, Promise.resolve(true), Promise.resolve(false), late]) {
    const confirm = (): Promise<boolean> | undefined => answer;
    assert.deepEqual(comparable(await warm.decide(guest(), "qemu/prepare", { confirm })), expected);
    await assert.rejects(warm.decide("<domain>", "qemu/prepare", { confirm }), { code: "malformed" });
    await assert.rejects(warm.decide("<network/>", "qemu/prepare", { confirm }), { code: "wrong-root" });
  }
});

test("is gone where its process ends, also before it is ready", async () => {
  const bundle = await bundleOf({ denies: POLICIES.denies });
  await using late = new Warm(bundle);
  await late.policies.ready;
  late.kill();
  await assert.rejects(late.decide(), { message: /^gone: / });
  assert.equal(late.policies.isSpent, true);
  await using early = new Warm(bundle);
  early.kill();
  await assert.rejects(early.policies.ready, { message: /^Cannot ask the evaluator: / });
});
