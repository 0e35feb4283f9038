import assert from "node:assert/strict";
import { chmodSync, chownSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, before, describe, test } from "node:test";
import { bootId, uptime } from "../../src/break-glass/clock.ts";
import { type BreakGlassFile, formatFile, MAX_TIME } from "../../src/break-glass/file-text.ts";
import { breakGlassState } from "../../src/break-glass/state.ts";
import { checkBreakGlass } from "../../src/doctor/check-break-glass.ts";
import { type Built, build, type Ended, GUEST, hook, run } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";

const NOTICE = { until: "2031-01-31T12:00:00Z", by: "alice", reason: "the rack is on fire" };
const DENIED = "virt-warden: denied by no: not here\n";

describe("break-glass", needsRoot(), () => {
  let built: Built;
  let file = "";
  before(async () => {
    built = await build(
      {
        no: `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "no", on: ["qemu/prepare", "qemu/reconnect"], whenRunning: "kill",
  check({ domain, deny }) {
    if (domain.name === "endless") for (;;);
    deny("not here");
  },
});`,
        silent: 'if (context.domain.name === "web1") context.deny("nor there");',
      },
      "limits: { time: 300ms }\nrules: { silent: { mode: off } }\n",
    );
    file = join(built.bundle, "break-glass");
  });
  afterEach(() => rmSync(file, { force: true, recursive: true }));

  const command = (...words: readonly string[]): Promise<Ended> =>
    run(["break-glass", "--bundle", built.bundle, ...words]);
  const called = (operation = "prepare", name = "web1"): Promise<Ended> =>
    hook(built.bundle, ["qemu", name, operation, "begin", "-"], GUEST.replace("web1", name));
  const logged = (): Record<string, unknown> =>
    JSON.parse(readFileSync(built.log, "utf8").trimEnd().split("\n").at(-1) ?? "");
  const put = (changes: Partial<BreakGlassFile> = {}): void => {
    const from = uptime() - 100;
    writeFileSync(file, formatFile({ boot: bootId(), from, to: from + 60_000, notice: NOTICE, ...changes }), {
      mode: 0o644,
    });
  };

  test("has policies deny nothing from its beginning to its end, and is logged with each decision", async () => {
    assert.equal((await command()).stdout, `break-glass is not in force for ${built.bundle}\n`);
    const { status, stdout } = await command("--for", "2h", "--reason", 'the "rack"\nis on fire');
    assert.equal(status, 0);
    assert.match(stdout, /^break-glass is in force for \S+, until 20\S+Z, by \S+: the "rack"\\nis on fire\n$/);
    const begun = logged();
    assert.equal(begun.msg, "break-glass begins");

    assert.deepEqual(await called(), { status: 0, stdout: "", stderr: "" });
    const { decision, findings, policies, breakGlass } = logged();
    assert.equal(decision, "allow");
    assert.deepEqual(findings, [{ policy: "no", mode: "audit", level: "deny", reason: "not here" }]);
    assert.deepEqual(
      (policies as { outcome: string }[]).map(({ outcome }) => outcome),
      ["deny", "off"],
    );
    assert.deepEqual(breakGlass, begun.breakGlass);
    // a denial that is meant ends nothing either
    assert.equal((await called("reconnect")).status, 0);

    assert.equal((await command()).stdout, stdout);
    const evaluated = await run(["eval", "--bundle", built.bundle, "--json", "-"], GUEST);
    assert.equal(evaluated.status, 1);
    assert.match(evaluated.stderr, /^virt-warden: warning: break-glass is in force, so hooks deny nothing, until /);
    const rebuilt = await run(["build", "--config", built.config, "--out", built.bundle]);
    assert.match(rebuilt.stderr, /^virt-warden: warning: break-glass is in force/m);
    const [row] = checkBreakGlass({ bundle: built.bundle });
    assert.match(
      `${row?.status}: ${row?.detail}`,
      /^warning: all policies are in audit and deny nothing, until .*, by /,
    );
    assert.equal(row?.mend, `virt-warden break-glass --end --bundle ${built.bundle}`);

    assert.equal((await command("--end")).status, 0);
    assert.equal(logged().msg, "break-glass ends");
    assert.deepEqual(await called(), { status: 1, stdout: "", stderr: DENIED });
    assert.deepEqual(checkBreakGlass({ bundle: built.bundle }), []);
  });

  test("reaches no engine failure, and no policy that runs out of time", async () => {
    put();
    const failed = await hook(built.bundle, ["qemu", "web1", "prepare", "begin", "-"], "<domain");
    assert.equal(failed.status, 3);
    assert.deepEqual(logged().breakGlass, NOTICE);
    const endless = await called("prepare", "endless");
    assert.equal(endless.status, 2, endless.stderr);
    assert.deepEqual(logged().breakGlass, NOTICE);
    // one that the shell side finds
    assert.equal((await hook(built.bundle, ["qemu", "web1", "prepare"])).status, 3);
  });

  test("ends when its time is over, and with the boot", async () => {
    put({ from: 1, to: uptime() - 1 });
    assert.equal(breakGlassState(built.bundle).state, uptime() < MAX_TIME ? "ended" : "ignored");
    assert.equal((await called()).status, 1);
    put({ boot: "00000000-0000-0000-0000-000000000000" });
    assert.equal(breakGlassState(built.bundle).state, "ended");
    assert.deepEqual(await called(), { status: 1, stdout: "", stderr: DENIED });
  });

  const WRONG: Readonly<Record<string, () => void>> = {
    "belongs to somebody else": () => put() ?? chownSync(file, 1234, 0),
    "its group may write to": () => put() ?? chmodSync(file, 0o664),
    "is a link": () => {
      put();
      renameSync(file, join(built.folder, "elsewhere"));
      symlinkSync(join(built.folder, "elsewhere"), file);
    },
    "begins in the future": () => put({ from: uptime() + 6000, to: uptime() + 12_000 }),
    "is for more than a day": () => put({ from: 1, to: MAX_TIME + uptime() }),
    "is cut off": () => put() ?? writeFileSync(file, readFileSync(file, "utf8").replace("end\n", "")),
    "goes on after its end": () => put() ?? writeFileSync(file, `${readFileSync(file, "utf8")}x`),
    "says a time that is no number": () =>
      put() ?? writeFileSync(file, readFileSync(file, "utf8").replace(/from /, "from x")),
    "is empty": () => writeFileSync(file, ""),
  };
  for (const [what, make] of Object.entries(WRONG)) {
    test(`is ignored with a warning where its file ${what}`, async () => {
      make();
      assert.equal(breakGlassState(built.bundle).state, "ignored");
      const { status, stderr } = await called();
      assert.match(stderr, new RegExp(`^${DENIED}virt-warden: warning: break-glass is ignored: it [a-z0-9' ]+\n$`));
      assert.equal(status, 1);
      assert.equal(logged().breakGlass, undefined);
    });
  }

  test("takes a reason, and no more than a day", async () => {
    for (const words of [
      ["--for", "2h"],
      ["--for", "25h", "--reason", "x"],
      ["--for=0m", "--reason", "x"],
      ["--reason", " "],
      ["--end", "--reason", "x"],
    ]) {
      const { status, stderr } = await command(...words);
      assert.equal(status, 64, words.join(" "));
      assert.match(stderr, /^error: .+\n$/);
    }
    assert.equal(breakGlassState(built.bundle).state, "none");
  });
});
