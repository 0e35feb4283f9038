import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { productRoot } from "../../src/product.ts";
import { ask } from "../../src/service/ask.ts";
import { type Service, startService } from "../../src/service/start-service.ts";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, GUEST, start } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { namespaceOf, readFile as readProc, statusOf, waitFor } from "../support/process.ts";
import { descendants, type ServiceRole, serviceProcesses } from "../support/service-processes.ts";

const WORDS = ["qemu", "bad", "prepare", "begin", "-"];
const NONE = "0000000000000000";

let built: Built;
before(async () => {
  built = await build({ denies: 'if (context.object === "bad") context.deny("no")' });
});

describe("as root", needsRoot(), () => {
  let service: Service;
  let earlier: ReadonlySet<number>;
  before(async () => {
    earlier = new Set(descendants(process.pid));
    const socket = join(await makeFolder(), "run/admit.sock");
    service = await startService({ bundleDir: built.bundle, socket, evaluators: 2 });
    await service.ready;
  });
  after(() => service.stop());

  const pidsOf = (role: ServiceRole): number[] =>
    serviceProcesses(process.pid).flatMap((each) => (each.role === role && !earlier.has(each.pid) ? each.pid : []));

  test("the listener and the evaluators are two users without any capability, and cannot gain one", () => {
    const users = (["listener", "evaluator"] as const).map((role) => {
      const pids = pidsOf(role);
      assert.equal(pids.length, role === "listener" ? 1 : 2);
      for (const pid of pids) {
        for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"])
          assert.deepEqual(statusOf(pid, set), [NONE]);
        assert.deepEqual([statusOf(pid, "NoNewPrivs"), statusOf(pid, "Groups")], [["1"], [""]]);
      }
      const [uids] = pids.map((pid) => new Set([...statusOf(pid, "Uid"), ...statusOf(pid, "Gid")]));
      assert.equal(uids?.size, 1);
      return [...(uids ?? [])][0];
    });
    assert.equal(new Set([...users, "0", undefined]).size, 4);
  });

  test("neither has a network, nor sees a process but its own, nor anybody's environment", () => {
    for (const role of ["listener", "evaluator"] as const) {
      for (const pid of pidsOf(role)) {
        for (const kind of ["net", "ipc", "pid"]) assert.notEqual(namespaceOf(pid, kind), namespaceOf("self", kind));
        assert.doesNotMatch(readProc(pid, "environ"), /PATH|HOME/);
        // the first of its processes: the kernel ends all others with it
        assert.equal(statusOf(pid, "NSpid")[1], "1");
        const seen = readdirSync(`/proc/${pid}/root/proc`).filter((name) => /^\d/.test(name));
        assert.deepEqual(seen, ["1"]);
      }
    }
  });

  test("evaluators have their data limit, and nobody writes core dumps or files", () => {
    for (const pid of [...pidsOf("listener"), ...pidsOf("evaluator")]) {
      const limits = readProc(pid, "limits");
      assert.match(limits, /^Max core file size +0 +0 /m);
      assert.match(limits, /^Max file size +0 +0 /m);
      assert.match(limits, /^Max processes +4096 +4096 /m);
    }
    for (const pid of pidsOf("evaluator")) assert.match(readProc(pid, "limits"), /^Max data size +(\d+) +\1 /m);
  });

  test("nobody else may connect", () => {
    const { socket } = service;
    const asOther = (): number | null =>
      spawnSync("setpriv", [
        ...["--reuid", "64997", "--regid", "64997", "--clear-groups"],
        ...[
          process.execPath,
          "-e",
          "require('net').connect(process.argv[1]).on('connect', () => process.exit(7))",
          socket,
        ],
      ]).status;
    assert.notEqual(asOther(), 7);
  });
});

describe("as nobody special", needsRoot(), () => {
  test("it serves its user, whatever that one may not do", async () => {
    const uid = 64996;
    const folder = await makeFolder();
    await chmod(folder, 0o755);
    const home = join(folder, "home");
    await mkdir(home);
    // a bundle that root alone may write to
    spawnSync("cp", ["-a", built.bundle, join(home, "bundle")]);
    spawnSync("chmod", ["-R", "go+rX", folder]);
    spawnSync("chown", [`${uid}`, home]);
    const words = ["serve", "--bundle", join(home, "bundle"), "--socket", join(home, "run/s"), "--evaluators", "1"];
    const product = join(folder, "product");
    await mkdir(product);
    const user = ["setpriv", "--reuid", `${uid}`, "--regid", `${uid}`, "--clear-groups"];
    // the product's own folder may be one that only root may enter
    const mounted = 'mount --bind "$0" "$1" && shift && exec "$@"';
    const started = start("unshare", [
      ...["--mount", "sh", "-c", mounted, productRoot, product],
      ...[...user, join(product, "bin/virt-warden"), ...words],
    ]);
    try {
      await waitFor(() =>
        spawnSync("grep", ["-qs", '"ready":true', join(home, "run/serve.json")]).status === 0 ? true : undefined,
      );
      const reply = await ask(join(home, "run/s"), {
        words: WORDS,
        digest: "-",
        document: Buffer.from(GUEST),
        left: 1000,
      });
      assert.match(JSON.stringify(reply), /denied by denies: no/);
      for (const pid of descendants(started.child.pid ?? 0)) assert.equal(statusOf(pid, "Uid")[0], `${uid}`);
    } finally {
      started.child.kill("SIGTERM");
    }
    assert.equal((await started.ended).status, 0);
    assert.equal(await readFile(join(home, "run/serve.json"), "utf8").catch(() => "gone"), "gone");
  });
});
