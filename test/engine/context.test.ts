import assert from "node:assert/strict";
import { availableParallelism, hostname, totalmem } from "node:os";
import { test } from "node:test";
import type { Decision } from "../../src/engine/decision.ts";
import { evaluateDocument } from "../../src/sandbox/evaluate.ts";
import { buildFiles } from "../bundle/build.ts";
import { guest, hookData, NETWORK_UUID, PORT } from "../support/documents.ts";
import { judgeBy } from "../support/judge.ts";

/** A policy that watches these events and does this. */
function policy(name: string, on: readonly string[], body: string, more = ""): string {
  return `import { definePolicy } from "virt-warden";
import * as v from "valibot";
export const schema = v.object({ limit: v.optional(v.number(), 7) });
export default definePolicy({ name: "${name}", on: ${JSON.stringify(on)}, ${more}
  check(context) { ${body} },
});
`;
}

/** Logs the context's plain members. */
const TELL = `
    const { event, hook, operation, suboperation, extra, object, now, settings, host } = context;
    context.log.info("context", { event, hook, operation, suboperation, extra, object, now, settings, host });`;

const bundle = await buildFiles({
  "virt-warden.yaml": "rules: { guests: { settings: { limit: 3 } } }\n",
  "policies/guests.ts": policy(
    "guests",
    ["qemu/prepare", "qemu/release"],
    `${TELL}
    context.log.debug("domain", { name: context.domain.name, value: context.domain.memory?.value });
    context.log.warn("xml", { root: context.xml.name, unknown: context.xml.children.some((child) => typeof child !== "string" && child.name === "unknown") });
    context.log.error("without fields");`,
    "settings: schema,",
  ),
  "policies/networks.ts": policy(
    "networks",
    ["network/port-created", "network/start"],
    `context.log.info("network", { network: context.network.name, owner: context.port?.owner?.name, plug: context.port?.plug?.type, root: context.xml.name });
    if (context.port !== undefined) context.deny("no ports", { at: "networkport" });`,
  ),
  "policies/daemon.ts": policy("daemon", ["daemon/reload"], `${TELL} context.deny("reloaded");`),
  "policies/mixed.ts": policy(
    "mixed",
    ["lxc/start", "network/start", "daemon/start"],
    `const { domain, network, port, xml } = context;
    context.log.info("mixed", { domain: domain?.name, network: network?.name, port: port?.uuid, xml: xml?.name, keys: Object.keys(context) });
    context.warn("only this", { at: "name" });`,
  ),
});
const judge = judgeBy(bundle);

/** What a policy logged, by message. */
function logsOf(decision: Decision, policyName: string): Record<string, unknown> {
  const logs = decision.logs.filter((each) => each.policy === policyName);
  return Object.fromEntries(logs.map(({ message, fields }) => [message, fields]));
}

test("a guest's policy sees the call, its settings and the host", async () => {
  const words = ["qemu", "web1", "release", "end", "shutdown"];
  const before = Date.now();
  const decision = await evaluateDocument(bundle, words, Buffer.from(guest()));
  const context = logsOf(decision, "guests").context as { now: number; host: { cpus: number } };
  const { now } = context;
  assert.ok(now >= before && now <= Date.now());
  const { cpus } = context.host;
  assert.deepEqual(context, {
    event: "qemu/release",
    hook: "qemu",
    operation: "release",
    suboperation: "end",
    extra: "shutdown",
    object: "web1",
    now,
    settings: { limit: 3 },
    host: { hostname: hostname(), cpus, memory: totalmem() },
  });
  assert.ok(cpus >= availableParallelism());
});

test("a guest's policy sees the model and the whole tree, also what the model does not know", async () => {
  const decision = await judge(guest("<unknown/>"));
  const logs = logsOf(decision, "guests");
  assert.deepEqual(logs.domain, { name: "web1", value: 2097152 });
  assert.deepEqual(logs.xml, { root: "domain", unknown: true });
});

test("log messages are in the decision with their policy, level and fields, and decide nothing", async () => {
  const decision = await judge(guest());
  assert.equal(decision.status, 0);
  assert.deepEqual(decision.findings, []);
  assert.deepEqual(
    decision.logs.map(({ policy, level, message }) => [policy, level, message]),
    [
      ["guests", "info", "context"],
      ["guests", "debug", "domain"],
      ["guests", "warn", "xml"],
      ["guests", "error", "without fields"],
    ],
  );
  assert.deepEqual(decision.logs.at(-1), { policy: "guests", level: "error", message: "without fields" });
});

test("an object that the call leaves empty is the document's own name", async () => {
  const context = logsOf(await judge(guest("", "db2")), "guests").context as { object: string };
  assert.equal(context.object, "db2");
});

test("a network's policy sees the network and at a port the port, and can refuse it", async () => {
  const created = await judge(hookData(PORT), "network/port-created");
  assert.equal(created.status, 1);
  assert.deepEqual(created.findings, [
    { policy: "networks", mode: "enforce", level: "deny", reason: "no ports", at: "networkport" },
  ]);
  assert.deepEqual(logsOf(created, "networks").network, {
    network: "default",
    owner: "web1",
    plug: "network",
    root: "hookData",
  });
  assert.deepEqual([created.object, created.uuid], ["default", NETWORK_UUID]);

  const started = await judge(hookData(), "network/start");
  assert.equal(started.status, 0);
  assert.deepEqual(logsOf(started, "networks").network, { network: "default", root: "hookData" });
});

test("a daemon's event has no document, and a denial there is recorded alone", async () => {
  const decision = await evaluateDocument(bundle, ["daemon", "-", "reload", "begin", "SIGHUP"], new Uint8Array());
  assert.equal(decision.status, 0);
  assert.deepEqual(
    decision.findings.map(({ reason }) => reason),
    ["reloaded"],
  );
  const { event, object, extra } = logsOf(decision, "daemon").context as Record<string, unknown>;
  assert.deepEqual([event, object, extra], ["daemon/reload", "-", "SIGHUP"]);
});

test("a policy of mixed events has the parts that each event has", async () => {
  const members = async (document: string, event: "lxc/start" | "network/start" | "daemon/start") => {
    const decision = await judge(document, event);
    assert.deepEqual(
      decision.findings.filter(({ policy }) => policy === "mixed"),
      [{ policy: "mixed", mode: "enforce", level: "warn", reason: "only this", at: "name" }],
    );
    assert.equal(decision.status, 0);
    const { keys, ...parts } = logsOf(decision, "mixed").mixed as { keys: string[] };
    return [parts, keys.filter((key) => ["domain", "network", "port", "xml"].includes(key))];
  };
  assert.deepEqual(await members(guest(), "lxc/start"), [{ domain: "web1", xml: "domain" }, ["domain", "xml"]]);
  assert.deepEqual(await members(hookData(), "network/start"), [
    { network: "default", xml: "hookData" },
    ["network", "xml"],
  ]);
  assert.deepEqual(await members("", "daemon/start"), [{}, []]);
});

test("a guest's document at a network's event is refused, and the other way round", async () => {
  const wrong = await judge(guest(), "network/start");
  assert.equal(wrong.status, 3);
  assert.equal(wrong.error?.code, "wrong-root");
  assert.deepEqual([wrong.error?.line, wrong.error?.column], [1, 1]);
  assert.equal((await judge(hookData())).status, 3);
});
