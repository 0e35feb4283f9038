import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, test } from "node:test";
import { checkLog } from "../../src/doctor/check-log.ts";
import type { Row } from "../../src/doctor/row.ts";
import { makeFolder } from "../support/folder.ts";
import { needsRoot } from "../support/needs-root.ts";
import { writeText } from "./test-host.ts";

const MODULE = import.meta.resolve("../../src/doctor/check-log.ts");

describe("the check of the decision log", { ...needsRoot() }, () => {
  let folder: string;
  let log: string;
  let rules: string;
  beforeEach(async () => {
    folder = await makeFolder();
    [log, rules] = [join(folder, "log/decisions.log"), join(folder, "logrotate.d")];
  });

  /** Rows as `status: detail`, the folder left out. */
  function check(rows: readonly Row[] = checkLog(log, { logrotate: [rules] }, true)): readonly string[] {
    return rows.map(({ status, detail }) => `${status}: ${detail.replaceAll(folder, "")}`);
  }

  test("finds that it can be made or written, and leaves it as it is", () => {
    assert.deepEqual(check(), ["ok: /log/decisions.log: made with the first decision, nothing rotates it"]);
    assert.equal(existsSync(join(folder, "log")), false);
    writeText(log, "x".repeat(1024 * 1024));
    assert.deepEqual(check(), ["ok: /log/decisions.log: 1.0 MiB, nothing rotates it"]);
    assert.equal(statSync(log).size, 1024 * 1024);
    writeText(join(rules, "ours"), `# ${log}\n"${folder}/log/*.log" {\n  weekly\n}\n`);
    assert.deepEqual(check(), ["ok: /log/decisions.log: 1.0 MiB, rotated by logrotate"]);
    assert.deepEqual(check(checkLog(log, { logrotate: [rules] }, false)), [
      "skipped: only root can try to write to it",
    ]);
  });

  test("warns where it is no regular file, or cannot be one", () => {
    mkdirSync(log, { recursive: true });
    assert.deepEqual(check(), ["warning: /log/decisions.log is not a regular file: decisions are not logged"]);
    rmSync(log, { recursive: true });
    symlinkSync("/nowhere/log", log);
    assert.deepEqual(check(), ["warning: /log/decisions.log leads to no regular file: decisions are not logged"]);
    rmSync(join(folder, "log"), { recursive: true });
    writeFileSync(join(folder, "log"), "");
    assert.deepEqual(check(), ["warning: /log is not a folder: decisions are not logged"]);
    const [row] = checkLog(log, { logrotate: [rules] }, true);
    assert.equal(row?.mend, `mv ${folder}/log ${folder}/log.old`);
  });

  test("warns where others may change or replace it", () => {
    writeText(log, "");
    chmodSync(log, 0o666);
    assert.deepEqual(check(), ["warning: others than root can change /log/decisions.log: everybody may write to it"]);
    chmodSync(log, 0o640);
    chownSync(join(folder, "log"), 1234, 0);
    assert.deepEqual(check(), [
      "warning: others than root can replace /log/decisions.log: of /log, it belongs to uid 1234",
    ]);
  });

  test("warns where it is large and nothing rotates it", () => {
    writeText(log, "");
    truncateSync(log, 300 * 2 ** 20);
    assert.deepEqual(check(), ["warning: /log/decisions.log has 300.0 MiB, and nothing rotates it"]);
    const [row] = checkLog(log, { logrotate: [rules] }, true);
    const rule = `"${log}" { weekly rotate 8 compress missingok notifempty }`;
    assert.equal(row?.mend, `echo '${rule}' >/etc/logrotate.d/virt-warden`);
    writeText(join(rules, "ours"), rule);
    assert.deepEqual(check(), ["ok: /log/decisions.log: 300.0 MiB, rotated by logrotate"]);
  });

  test("warns where there is no room, and where the file system is read-only", () => {
    mkdirSync(join(folder, "log"));
    const on = (mount: string): readonly string[] => {
      const code = `const { checkLog } = await import(${JSON.stringify(MODULE)});
        console.log(JSON.stringify(checkLog(${JSON.stringify(log)}, { logrotate: [] }, true)));`;
      const script = `mount -t tmpfs ${mount} none "$1" && exec "$2" --input-type=module -e "$3"`;
      const words = ["-m", "sh", "-c", script, "sh", join(folder, "log"), process.execPath, code];
      const { stdout, stderr } = spawnSync("unshare", words, { encoding: "utf8" });
      assert.equal(stderr, "");
      return check(JSON.parse(stdout) as readonly Row[]);
    };
    assert.deepEqual(on("-o size=1m,mode=0755"), ["warning: /log has 1.0 MiB free"]);
    assert.match(on("-o ro,mode=0755")[0] ?? "", /^warning: decisions are not logged: EROFS: read-only file system/);
  });
});
