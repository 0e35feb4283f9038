import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { runningGuests, startGuest } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { titled } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

const NOTES = "/run/others.log";
const TITLE = { extra: "<title>web server</title>" };

/** A script of somebody else's, which notes its calls. */
const note = (name: string, more = "exit 0") => `#!/bin/sh\necho "${name} $2" >>${NOTES}\n${more}\n`;

describe("virt-warden beside other hook scripts", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let warden: Warden;
  let host: Host;

  before(async () => {
    warden = await makeWarden({ "titled.ts": titled("qemu/prepare", "qemu/restore") });
    host = await startHost({ hostname: "shared" });
    put("qemu", note("main"));
    put("qemu.d/10-other", note("before"));
    await putOn(host, warden);
    // like one that is put there later by somebody who knows nothing of ours
    put("qemu.d/zzz-after", note("after"));
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const hooks = () => host.at("/etc/libvirt/hooks");
  const put = (name: string, script: string) => {
    mkdirSync(dirname(join(hooks(), name)), { recursive: true });
    writeFileSync(join(hooks(), name), script, { mode: 0o755 });
  };
  const start = async (name: string, options = {}) => {
    rmSync(host.at(NOTES), { force: true });
    await host.defineGuest(name, options);
    const { status, stderr } = await host.virsh("start", name);
    return { status, stderr, notes: notesOf("prepare") };
  };
  const notesOf = (operation: string) =>
    readFileSync(host.at(NOTES), "utf8")
      .split("\n")
      .filter((line) => line.endsWith(` ${operation}`))
      .map((line) => line.split(" ")[0]);
  const decisionOn = (event: string, object: string) => {
    const decision = warden.decisionsOn(object).findLast((each) => each.event === event);
    return decision && [decision.status, decision.findings.map(({ policy }) => policy)];
  };

  it("starts a guest that every script allows, and leaves each its call", async () => {
    const { status, stderr, notes } = await start("welcome", TITLE);
    assert.equal(status, 0, stderr);
    assert.deepEqual(notes, ["main", "before", "after"]);
    assert.deepEqual(decisionOn("qemu/prepare", "welcome"), [0, []]);
  });

  it("refuses what a policy denies, although a script after it exits 0", async () => {
    const { status, stderr, notes } = await start("untitled");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: denied by titled: the guest has no title/);
    assert.deepEqual(notes, ["main", "before", "after"]);
  });

  it("still judges what a script before it refuses, and overrules none", async () => {
    put("qemu.d/10-other", note("before", 'echo "not on a Friday" >&2; [ "$2" != prepare ]'));
    const { status, stderr } = await start("refused", TITLE);
    put("qemu.d/10-other", note("before"));
    assert.equal(status, 1);
    assert.match(stderr, /not on a Friday/);
    assert.deepEqual(decisionOn("qemu/prepare", "refused"), [0, []]);
  });

  it("judges at restore what a script before it made of the document, and passes that on when it allows it", async () => {
    const saved = join(await makeFolder(), "guest.save");
    await startGuest(host, "saved", TITLE);
    const { status, stderr } = await host.virsh("save", "saved", saved);
    assert.equal(status, 0, stderr);
    const rewrite = (edit: string) =>
      put("qemu.d/10-other", note("before", `[ "$2" != restore ] || exec sed '${edit}'`));

    rewrite("/<title>/d");
    const denied = await host.virsh("restore", saved);
    assert.equal(denied.status, 1);
    assert.match(denied.stderr, /virt-warden: denied by titled: the guest has no title/);
    assert.ok(!(await runningGuests(host)).includes("saved"));

    rewrite("s/web server/mail server/");
    const allowed = await host.virsh("restore", saved);
    assert.equal(allowed.status, 0, allowed.stderr);
    assert.match((await host.virsh("dumpxml", "saved")).stdout, /<title>mail server<\/title>/);
  });
});
