import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { callScript } from "../../src/doctor/call-script.ts";
import { checkDecision, sampleEvent } from "../../src/doctor/check-decision.ts";
import type { Row } from "../../src/doctor/row.ts";
import type { Event } from "../../typings/events.d.ts";
import { makeFolder } from "../support/folder.ts";
import { build } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { installScript, makeHost, writeProgram } from "./test-host.ts";

const NAMES = ["HOME", "LC_ALL", "LOGNAME", "PATH", "USER"];

const BUILD = "virt-warden build --out /srv/bundle";

function checkSample(event: Event, script: string, deadline: number): Promise<Row> {
  return checkDecision(event, script, deadline, BUILD);
}

describe("a sample decision", { ...needsRoot() }, () => {
  test("goes through the installed script, and is told with its time", async () => {
    const { bundle, log } = await build({ strict: 'context.deny("not today");' });
    const places = await makeHost(bundle);
    const denied = await checkSample("qemu/prepare", installScript(places, "qemu"), 60_000);
    assert.match(denied.detail, /^a sample at qemu\/prepare took \d+ ms: denied by strict: not today$/);
    assert.equal(denied.status, "ok");
    const line = JSON.parse(readFileSync(log, "utf8").split("\n")[0] ?? "") as { object: string };
    assert.equal(line.object, "virt-warden-doctor");
  });

  test("that a policy fails is a fault, and so is one that cannot be made", async () => {
    const { bundle } = await build({ broken: 'throw new Error("oh");' });
    const places = await makeHost(bundle);
    const failed = await checkSample("qemu/prepare", installScript(places, "qemu"), 60_000);
    assert.equal(failed.status, "fault");
    assert.match(
      failed.detail,
      /^a sample at qemu\/prepare is refused, since a policy fails: policy broken failed: .*oh/,
    );
    assert.equal(failed.mend, `mend the policy, then ${BUILD}`);

    const nowhere = installScript(places, "qemu", { bundle: "/nowhere/bundle" });
    const refused = await checkSample("qemu/prepare", nowhere, 60_000);
    assert.equal(refused.status, "fault");
    assert.match(
      refused.detail,
      /cannot be decided \(status 3\): engine failure: there is no bundle in \/nowhere\/bundle/,
    );
  });

  test("that one policy denies does not hide that another fails", async () => {
    const { bundle } = await build({ aaa: 'context.deny("not today");', broken: 'throw new Error("oh");' });
    const places = await makeHost(bundle);
    const row = await checkSample("qemu/prepare", installScript(places, "qemu"), 60_000);
    assert.equal(row.status, "fault");
    const told = /^a sample at qemu\/prepare: denied by aaa: not today; and a policy fails: policy broken failed: .*oh/;
    assert.match(row.detail, told);
    assert.equal(row.mend, `mend the policy, then ${BUILD}`);
  });

  test("that a policy fails is a warning where that refuses nothing", async () => {
    const folder = await makeFolder();
    const script = async (status: number, ...lines: readonly string[]): Promise<readonly string[]> => {
      const says = lines.map((line) => `echo 'virt-warden: ${line}' >&2\n`).join("");
      const file = writeProgram(join(folder, "script"), `#!/bin/sh\n${says}exit ${status}\n`);
      const row = await checkSample("network/start", file, 60_000);
      return [row.status, row.detail.replace(/\d+ ms/, "n ms")];
    };
    const failed = "policy a failed: oh";
    const allowed = `${failed} (allowed by onError)`;
    const denied = "denied by b: policy c failed: no";
    const sample = "a sample at network/start took n ms";
    assert.deepEqual(await script(1, denied), ["ok", `${sample}: ${denied}`]);
    const lenient = `but a policy fails, and judges nothing: ${allowed}`;
    assert.deepEqual(await script(1, denied, allowed), ["warning", `${sample}: ${denied}; ${lenient}`]);
    assert.deepEqual(await script(0, allowed), ["warning", `${sample}: allowed; ${lenient}`]);
    assert.equal((await script(0, failed))[0], "warning", "a policy that does not enforce");
    assert.deepEqual(await script(1, denied, allowed, failed), [
      "fault",
      `a sample at network/start: ${denied}; and a policy fails: ${failed}`,
    ]);
  });

  test("is called as libvirt calls, and forgotten as an ended start", async () => {
    const folder = await makeFolder();
    const script = writeProgram(
      join(folder, "script"),
      `#!/bin/sh\necho "$#|$*|$(env | sort | tr '\\n' ' ')|$(pwd)|$(grep -c '<name>virt-warden-doctor</name>')" >>${folder}/calls\n`,
    );
    const { status, detail } = await checkSample("lxc/prepare", script, 60_000);
    assert.equal(status, "ok", detail);
    const [first = "", second = ""] = readFileSync(join(folder, "calls"), "utf8").split("\n");
    const [count, words, variables, place, named] = first.split("|").map((part) => part.trim());
    assert.deepEqual([count, words, place, named], ["4", "virt-warden-doctor prepare begin -", "/", "1"]);
    const names = (variables ?? "").split(" ").map((each) => each.split("=")[0]);
    assert.deepEqual(
      names.filter((name) => name !== "PWD" && name !== "_" && name !== "SHLVL"),
      NAMES,
    );
    assert.match(second, /^4\|virt-warden-doctor release end -\|/);
  });

  test("that is slow is a warning, and one that hangs or breaks is ended and a fault", async () => {
    const folder = await makeFolder();
    const slow = await checkSample("network/start", writeProgram(join(folder, "slow"), "#!/bin/sh\nsleep 0.3\n"), 1000);
    assert.equal(slow.status, "warning");
    assert.match(
      slow.detail,
      /^a sample at network\/start took \d+ ms: allowed; that is more than a quarter of the deadline, 1000 ms$/,
    );
    const hanging = writeProgram(join(folder, "hangs"), "#!/bin/sh\nsleep 60\n");
    const call = await callScript(hanging, [], "", 200);
    assert.deepEqual([call.status, call.problem], [null, "no answer within 0.2 s"]);
    const keeper = writeProgram(join(folder, "keeps"), "#!/bin/sh\nsleep 60 &\nexit 0\n");
    assert.equal(
      (await callScript(keeper, [], "", 200)).problem,
      "no answer within 0.2 s",
      "libvirt waits for stderr's end",
    );
    const broken = await checkSample("network/start", writeProgram(join(folder, "breaks"), "#!/no/such/shell\n"), 1000);
    assert.equal(broken.status, "fault");
    assert.match(broken.detail, /^a sample at network\/start cannot be decided \(no status\): .*ENOENT/);
    const odd = await checkSample("network/start", writeProgram(join(folder, "odd"), "#!/bin/sh\nexit 126\n"), 1000);
    assert.match(odd.detail, /cannot be decided \(status 126\): it says nothing$/);
  });
});

test("a hook's sample is of the first event that admits something", () => {
  assert.equal(sampleEvent("qemu", ["qemu/migrate", "qemu/start", "qemu/started"]), "qemu/start");
  assert.equal(
    sampleEvent("network", ["network/port-created", "network/started", "qemu/prepare"]),
    "network/port-created",
  );
  assert.equal(sampleEvent("lxc", ["lxc/started", "qemu/prepare"]), undefined);
});
