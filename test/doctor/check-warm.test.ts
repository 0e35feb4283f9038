import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { before, beforeEach, describe, test } from "node:test";
import { checkWarm } from "../../src/doctor/check-warm.ts";
import type { Places } from "../../src/doctor/places.ts";
import type { Row } from "../../src/doctor/row.ts";
import { usersBelow } from "../../src/doctor/service-state.ts";
import { clientProblem } from "../../src/install/clients.ts";
import { type ServiceState, writeState } from "../../src/service/state-file.ts";
import { type FakeEvaluator, listen, record } from "../install/fake-evaluator.ts";
import { makeFolder } from "../support/folder.ts";
import { needsRoot } from "../support/needs-root.ts";
import { installScript, makeHost, writeProgram, writeText } from "./test-host.ts";

const DIGEST = "0123456789ab".padEnd(64, "0");
const STATE: ServiceState = { pid: 77, ready: true, digest: DIGEST, since: "2026-01-02T03:04:05.000Z" };

describe("the check of the warm evaluator", { ...needsRoot() }, () => {
  let places: Places;
  let script: string;
  let socket: string;
  let evaluator: FakeEvaluator;
  before(async () => {
    places = await makeHost("/srv/bundle");
    const folder = join(places.hooksDir, "../run");
    mkdirSync(folder);
    socket = join(folder, "admit.sock");
    evaluator = await listen(socket);
    script = installScript(places, "qemu", { warm: { socket, client: "perl" } });
    for (const [pid, parent, uid] of [
      [77, 1, 0],
      [78, 77, 0],
      [79, 78, 64999],
      [76, 77, 501],
      [80, 1, 502],
    ]) {
      writeText(
        join(places.proc, `${pid}/status`),
        `Name:\tx\nPPid:\t${parent}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`,
      );
    }
    writeText(places.passwd, "root:x:0:0::/:\nvirt-warden-serve:x:501:501::/:\n");
  });
  beforeEach(() => {
    chownSync(socket, 0, 0);
    chmodSync(socket, 0o600);
    writeState(socket, STATE);
    evaluator.answer = record(0);
    evaluator.asked.length = 0;
  });

  const check = (digest = DIGEST): Promise<readonly Row[]> => checkWarm([script], digest, places, true);

  async function assertRow(status: Row["status"], detail: RegExp, mend?: RegExp): Promise<void> {
    const [row, ...more] = await check();
    assert.deepEqual([row?.status, more], [status, []], `${row?.detail}`);
    assert.match(`${row?.detail}`, detail);
    if (mend !== undefined) assert.match(row?.mend ?? "", mend);
  }

  test("says which bundle decides there, since when, and as whom", async () => {
    await assertRow(
      "ok",
      /^process 77 answers at \S+: bundle 0123456789ab since 2026-01-02T\S+, as uid 64999 and virt-warden-serve$/,
    );
    assert.deepEqual(
      evaluator.asked.map(({ header, words }) => [header[2], words[0], words[2]]),
      [[DIGEST, "qemu", "prepare"]],
    );
    assert.deepEqual(usersBelow(1, places.proc, places.passwd), ["uid 502", "uid 64999", "virt-warden-serve"]);
  });

  test("finds that none is wanted, and looks no further", async () => {
    const plain = installScript(places, "lxc");
    assert.deepEqual(
      (await checkWarm([plain, "/nowhere"], DIGEST, places, true)).map(({ detail }) => detail),
      ["the installed scripts ask none"],
    );
    assert.deepEqual(
      (await checkWarm([script], DIGEST, places, false)).map(({ status }) => status),
      ["skipped"],
    );
  });

  test("warns where it does not run, since decisions are made without it", async () => {
    const elsewhere = join(socket, "../other.sock");
    script = installScript(places, "qemu", { warm: { socket: elsewhere, client: "perl" } });
    const serve = new RegExp(`^virt-warden serve --bundle /srv/bundle --socket ${elsewhere}$`);
    await assertRow("warning", /^none listens at .*: each decision starts an evaluator of its own/, serve);
    const server = createServer((each) => each.destroy());
    server.listen(elsewhere);
    await once(server, "listening");
    chmodSync(elsewhere, 0o600);
    await assertRow("warning", /^it is not running \(.*\): each decision/, serve);
    server.close();
    script = installScript(places, "qemu", { warm: { socket, client: "perl" } });
  });

  test("warns of another bundle, of a broken new one, and of one that decides nothing", async () => {
    writeState(socket, { ...STATE, digest: "fedcba987654".padEnd(64, "0") });
    await assertRow("warning", /^it decides by bundle fedcba987654, and 0123456789ab is in force/, /^kill -HUP 77/);
    writeState(socket, { ...STATE, problem: "the manifest is not whole" });
    await assertRow(
      "warning",
      /^a bundle is not in force there: the manifest is not whole$/,
      /^mend .*, then kill -HUP 77$/,
    );
    writeState(socket, STATE);
    evaluator.answer = "undecided no evaluator is ready\n";
    await assertRow("warning", /^it does not decide \(no evaluator is ready\)/);
    writeFileSync(join(socket, "../serve.json"), "{");
    await assertRow("warning", /says nothing of itself/);
  });

  test("finds a socket that is not root's alone", async () => {
    chownSync(socket, 1234, 0);
    await assertRow("fault", /belongs to uid 1234: no script asks there$/, /^rm \S+, then/);
    chownSync(socket, 0, 0);
    chmodSync(socket, 0o660);
    await assertRow("fault", /has mode 660: others than root may ask there$/, /^chmod 0600 /);
    chmodSync(socket, 0o600);
    const folder = join(socket, "..");
    chmodSync(folder, 0o777);
    await assertRow("fault", /others than root can listen in its place/, /^chown root:root \S+; chmod go-w/);
    chmodSync(folder, 0o755);
    const file = writeText(join(folder, "file"), "");
    script = installScript(places, "qemu", { warm: { socket: file, client: "perl" } });
    await assertRow("fault", /\/file is no socket$/);
    script = installScript(places, "qemu", { warm: { socket, client: "perl" } });
    assert.equal(evaluator.asked.length, 0);
  });

  test("tells the programs that can ask from others of their names", async () => {
    const programs = await makeFolder();
    const says = (name: string, text: string) =>
      writeProgram(join(programs, name), `#!/bin/sh\ncat <<'END' >&2\n${text}\nEND\n`);
    assert.match(clientProblem("nc", programs) ?? "", /\/nc is missing$/);
    says("nc", "[v1.10-47]\nconnect to somewhere: nc [-options] hostname port[s]");
    assert.match(clientProblem("nc", programs) ?? "", /\/nc is another program, or one without UNIX sockets$/);
    says("nc", "Ncat 7.93 ( https://nmap.org/ncat )\n  -U, --unixsock  Use Unix domain sockets only");
    assert.match(clientProblem("nc", programs) ?? "", /another program/);
    rmSync(join(programs, "nc"));
    says("perl", "4");
    assert.match(clientProblem("perl", programs) ?? "", /another program/);
    for (const client of ["perl", "nc", "ncat", "socat"] as const) assert.equal(clientProblem(client), undefined);
    assert.ok(readFileSync(script, "utf8").includes("client='perl'"));
  });
});
