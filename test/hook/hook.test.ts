import assert from "node:assert/strict";
import { appendFile, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { type Built, build, GUEST, hook, LAUNCHER, run, start } from "../support/launcher.ts";
import { copyProduct } from "../support/product-copy.ts";

const DENY = 'if (context.domain.name === "bad") context.deny("bad guests do not start", { at: "name" });';
const BAD = GUEST.replace("web1", "bad");

/** The last line of a decision log. */
async function lastDecision(log: string): Promise<Record<string, unknown>> {
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n");
  return JSON.parse(lines.at(-1) ?? "") as Record<string, unknown>;
}

describe("virt-warden hook", () => {
  let built: Built;
  before(async () => {
    built = await build({ "no-bad": DENY });
  });

  test("says nothing and exits 0 for an allowed guest", async () => {
    assert.deepEqual(await hook(built.bundle), { status: 0, stdout: "", stderr: "" });
  });

  test("says why and exits 1 for a denied guest", async () => {
    const { status, stdout, stderr } = await hook(built.bundle, undefined, BAD);
    assert.equal(stderr, "virt-warden: denied by no-bad: bad guests do not start (at name)\n");
    assert.deepEqual([status, stdout], [1, ""]);
  });

  test("judges straight from a configuration as well", async () => {
    const words = ["hook", "--config", built.config, "qemu", "bad", "prepare", "begin", "-"];
    const { status, stderr } = await run(words, BAD);
    assert.equal(stderr, "virt-warden: denied by no-bad: bad guests do not start (at name)\n");
    assert.equal(status, 1);
    assert.equal((await run(words, GUEST)).status, 0);
  });

  test("refuses with status 3 where the configuration does not build, and names the first fault", async () => {
    const broken = join(built.folder, "broken.yaml");
    await writeFile(broken, "polices: []\n");
    const { status, stderr } = await run(["hook", "--config", broken, "qemu", "g", "prepare", "begin", "-"], GUEST);
    assert.match(stderr, /^virt-warden: engine failure: cannot build from .*broken\.yaml:1:1: .*polices.*\n/);
    assert.equal(status, 3);
  });

  test("takes a guest named --help for a guest", async () => {
    const words = ["qemu", "--help", "prepare", "begin", "-"];
    assert.equal((await hook(built.bundle, words, GUEST)).status, 0);
    const { status, stdout } = await hook(built.bundle, words, BAD);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal((await lastDecision(built.log)).object, "--help");
  });

  test("leaves at once for an event that no policy watches, whatever the document", async () => {
    const length = (await readFile(built.log)).length;
    const { status, stderr } = await hook(built.bundle, ["qemu", "bad", "start", "begin", "-"], "<broken");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal((await readFile(built.log)).length, length);
  });

  test("writes one line of JSON for a watched call, with nothing of the document", async () => {
    const secret = BAD.replace("</os>", "</os><devices><graphics type='vnc' passwd='s3cret'/></devices>");
    await hook(built.bundle, ["qemu", "bad", "migrate", "begin", "-"], secret);
    const line = await lastDecision(built.log);
    assert.equal(line.event, "qemu/migrate");
    assert.equal(line.uuid, "4dea22b3-1d52-d8f3-2516-782e98ab3fa0");
    assert.equal(line.decision, "deny");
    assert.match(String(line.bundle), /^[0-9a-f]{64}$/);
    assert.doesNotMatch(await readFile(built.log, "utf8"), /s3cret/);
  });

  test("judges a guest whose name holds what a terminal would act on", async () => {
    const name = "a\u007f\u009b\u202e";
    const { status, stderr } = await hook(
      built.bundle,
      ["qemu", name, "prepare", "begin", "-"],
      GUEST.replace("web1", `a\u007f`),
    );
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal((await lastDecision(built.log)).object, name);
    assert.doesNotMatch(await readFile(built.log, "utf8"), /[\u007f-\u009f\u202e]/);
  });

  const refusals: readonly [string, string | Uint8Array, RegExp][] = [
    ["an empty document", "", /engine failure: line 1, column 1: .*empty/],
    ["a malformed document", "<domain>\n <name></domain>", /engine failure: line 2, column \d+: /],
    ["a document over 4 MiB", `<domain>${"x".repeat(4 * 1024 * 1024)}</domain>`, /engine failure: .*4 MiB|4194304/],
    ["a document of another kind", "<network/>", /engine failure: line 1, column 1: .*<network>/],
    ["a document with a DOCTYPE", "<!DOCTYPE domain><domain/>", /engine failure: .*DOCTYPE/],
    ["a document in another encoding", Buffer.from("\ufeff<domain/>", "utf16le"), /engine failure: .*UTF-8/],
  ];
  for (const [what, document, reason] of refusals) {
    test(`refuses ${what} with status 3`, async () => {
      const { status, stderr } = await hook(built.bundle, undefined, document);
      assert.match(stderr, reason);
      assert.equal(stderr.split("\n").length, 2, "one line");
      assert.equal(status, 3);
    });
  }

  test("refuses at an admission when called with a wrong number of words, and nowhere else", async () => {
    const refused = await hook(built.bundle, ["qemu", "g", "prepare", "begin"]);
    assert.match(refused.stderr, /engine failure: hook was called with 4 arguments instead of 5/);
    assert.equal(refused.status, 3);
    assert.equal((await hook(built.bundle, ["qemu", "g", "prepare", "begin", "-", "-"])).status, 3);
    // the hook's name forgotten, or a word too many before it
    assert.equal((await hook(built.bundle, ["g", "prepare", "begin", "-"])).status, 3);
    assert.equal((await hook(built.bundle, ["x", "qemu", "g", "prepare", "begin", "-"])).status, 3);
    assert.equal((await hook(built.bundle, ["g", "reconnect", "begin", "-"])).status, 0);
    assert.equal((await hook(built.bundle, ["qemu", "g", "reconnect", "begin"])).status, 0);
    assert.equal((await hook(built.bundle, ["network", "n", "port-created", "begin"])).status, 3);
    assert.equal((await hook(built.bundle, ["network", "n", "started", "begin"])).status, 0);
  });

  test("refuses an unknown hook where it asks for admission, and never an unknown operation", async () => {
    const refused = await hook(built.bundle, ["vbox", "g", "prepare", "begin", "-"]);
    assert.match(refused.stderr, /engine failure: libvirt has no hook vbox/);
    assert.equal(refused.status, 3);
    const spared = await hook(built.bundle, ["qemu", "g", "frobnicate", "begin", "-"]);
    assert.match(spared.stderr, /engine failure: libvirt has no operation qemu\/frobnicate/);
    assert.equal(spared.status, 0);
    assert.equal((await lastDecision(built.log)).event, "qemu/frobnicate");
  });

  test("exits 64 for wrong usage, unless the call is about a running guest", async () => {
    assert.equal((await run(["hook"])).status, 64);
    assert.equal((await run(["hook", "--bundle"])).status, 64);
    assert.equal((await run(["hook", "--bundel", "x", "qemu", "g", "prepare", "begin", "-"])).status, 64);
    assert.equal(
      (await run(["hook", "--bundle", "b", "--config", "c", "qemu", "g", "prepare", "begin", "-"])).status,
      64,
    );
    assert.equal((await run(["hook", "--bundle", "", "qemu", "g", "reconnect", "begin", "-"])).status, 0);
    assert.equal((await run(["hook", "--bundel", "x", "qemu", "g", "reconnect", "begin", "-"])).status, 0);
  });

  test("refuses without a bundle with status 3, and never a running guest", async () => {
    const nowhere = join(built.folder, "nowhere");
    const { status, stderr } = await hook(nowhere);
    assert.match(stderr, /^virt-warden: engine failure: there is no bundle in .*nowhere; .*virt-warden build\n/);
    assert.equal(status, 3);
    for (const operation of ["started", "reconnect", "stopped", "release"]) {
      assert.equal((await hook(nowhere, ["qemu", "g", operation, "begin", "-"])).status, 0, operation);
    }
  });

  test("refuses a bundle that is not whole", async () => {
    const damaged: readonly [string, (version: string) => Promise<void>][] = [
      ["code cut off", (version) => truncate(join(version, "policies.js"), 10)],
      ["manifest changed", (version) => appendFile(join(version, "manifest.json"), " ")],
      ["launch cut off", (version) => truncate(join(version, "launch"), 60)],
      ["code missing", (version) => rm(join(version, "policies.js"))],
      ["other format", (version) => writeFile(join(version, "launch"), "virt-warden-bundle 3\nend\n")],
    ];
    for (const [what, damage] of damaged) {
      const { bundle } = await build({ "no-bad": DENY });
      await damage(join(bundle, "current"));
      const { status, stderr } = await hook(bundle);
      assert.match(stderr, /virt-warden: engine failure: .*bundle/, what);
      assert.equal(status, 3, what);
    }
  });

  test("never ends a running guest when the product itself is broken", async () => {
    const launcher = await copyProduct(process.getuid?.() ?? 0);
    for (const part of ["node_modules", "dist/evaluator.cjs", "bin/evaluate.sh", "bin/outcome.sh", "bin/hook.sh"]) {
      await rm(join(dirname(launcher), "..", part), { recursive: true });
      const call = (operation: string) =>
        start(launcher, ["hook", "--bundle", built.bundle, "qemu", "g", operation, "begin", "-"], GUEST).ended;
      const refused = await call("prepare");
      assert.match(refused.stderr, /virt-warden: engine failure: .*install virt-warden again/, part);
      assert.equal(refused.status, 3, part);
      for (const operation of ["started", "reconnect", "stopped"]) {
        assert.equal((await call(operation)).status, 0, `${operation} without ${part}`);
      }
    }
  });

  test("decides the same when the log cannot be written, and warns", async () => {
    for (const log of ["/dev/null/decisions.log", "/proc/decisions.log", built.folder]) {
      const { bundle } = await build({ "no-bad": DENY }, "");
      const launch = join(bundle, "current/launch");
      await writeFile(launch, (await readFile(launch, "utf8")).replace(/^log .*$/m, `log ${log}`));
      const allowed = await hook(bundle);
      assert.match(allowed.stderr, /^virt-warden: warning: cannot write the decision log .*\n$/);
      assert.equal(allowed.status, 0);
      assert.equal((await hook(bundle, undefined, BAD)).status, 1);
    }
  });

  test("refuses a document that never ends, at the deadline", async () => {
    const { bundle } = await build({ "no-bad": DENY }, "limits: { time: 500ms, deadline: 1s }");
    const { child, ended } = start(
      LAUNCHER,
      ["hook", "--bundle", bundle, "qemu", "g", "prepare", "begin", "-"],
      "open",
    );
    child.stdin?.write("<domain>");
    const { status, stderr } = await ended;
    assert.match(stderr, /engine failure: the document did not end in time/);
    assert.equal(status, 3);
  });

  test("judges with stdout and stderr closed", async () => {
    const script = `"$1" hook --bundle "$2" qemu bad prepare begin - <"$3" >&- 2>&-`;
    const document = join(built.folder, "bad.xml");
    await writeFile(document, BAD);
    const { status } = await start("/bin/sh", ["-c", script, "sh", LAUNCHER, built.bundle, document]).ended;
    assert.equal(status, 1);
  });
});
