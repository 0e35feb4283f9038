import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { checkAppArmor } from "../../src/doctor/check-apparmor.ts";
import { checkLayers, LAYERS } from "../../src/doctor/check-layers.ts";
import { checkVersion } from "../../src/doctor/check-libvirt.ts";
import { checkPrograms } from "../../src/doctor/check-programs.ts";
import { checkSelinux } from "../../src/doctor/check-selinux.ts";
import { checkUser } from "../../src/doctor/check-user.ts";
import { HOST } from "../../src/doctor/places.ts";
import type { Row } from "../../src/doctor/row.ts";
import { productRoot } from "../../src/product.ts";
import { makeFolder } from "../support/folder.ts";
import { needsRoot } from "../support/needs-root.ts";
import { makeHost, writeProgram, writeText } from "./test-host.ts";

const SCRIPT = "/etc/libvirt/hooks/qemu.d/zz-virt-warden";

/** Rows as `status: detail`. */
function shown(rows: readonly Row[]): readonly string[] {
  return rows.map(({ status, detail }) => `${status}: ${detail}`);
}

test("libvirt older than 6.5, or none, is warned of", () => {
  assert.deepEqual(shown(checkVersion({ text: "9.0.0", major: 9, minor: 0 })), ["ok: version 9.0.0"]);
  const [old] = checkVersion({ text: "6.4.0", major: 6, minor: 4 });
  assert.match(old?.detail ?? "", /^version 6\.4\.0 is older than 6\.5/);
  assert.deepEqual(
    [old?.status, old?.mend],
    ["warning", "upgrade libvirt to 6.5 or newer, so that other scripts can lie beside this one"],
  );
  assert.match(shown(checkVersion(undefined))[0] ?? "", /^warning: neither a daemon/);
});

describe("the check of the policies' user", () => {
  const ACCOUNTS = "root:x:0:0::/root:/bin/sh\nother:x:64999:1::/:/bin/false\n";

  async function check(passwd: string, processes: Readonly<Record<string, number>> = {}): Promise<readonly Row[]> {
    const places = await makeHost();
    writeText(places.passwd, passwd);
    for (const [index, [words, uid]] of Object.entries(processes).entries()) {
      const folder = join(places.proc, `${100 + index}`);
      writeText(join(folder, "status"), `Name:\tx\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`);
      writeText(join(folder, "cmdline"), words);
      writeText(join(folder, "comm"), "x\n");
    }
    return checkUser(places);
  }

  test("finds that of the host, or else the number that nobody has", async () => {
    const own = "virt-warden:x:990:990::/:/usr/sbin/nologin\n";
    assert.deepEqual(shown(await check(own)), ["ok: policies run as virt-warden, uid 990"]);
    assert.deepEqual(shown(await check("")), ["ok: policies run as uid 64999, which no account has"]);
  });

  test("warns where it is somebody else's as well, or root", async () => {
    const shared = await check(ACCOUNTS);
    assert.deepEqual(shown(shared), ["warning: uid 64999, which policies run as, is also other"]);
    assert.match(shared[0]?.mend ?? "", /^useradd --system .* virt-warden$/);
    assert.deepEqual(shown(await check("virt-warden:x:7:7:::\na:x:7:1:::\nb:x:07:1:::\n")), [
      "warning: uid 7, which policies run as, is also a, b",
    ]);
    assert.match(
      shown(await check("virt-warden:x:0:0:::\n"))[0] ?? "",
      /^warning: the account virt-warden has uid 0, which policies never get/,
    );
  });

  test("warns of other processes of that user, but for decisions under way", async () => {
    const processes = { "/proc/self/fd/6\0--jitless\0": 64_999, "sleep\u00009\0": 64_999, "sh\0": 6499 };
    assert.deepEqual(shown(await check("", processes)), [
      "warning: uid 64999, which policies run as, has other processes: x (101)",
    ]);
  });
});

describe("the check of programs", () => {
  /** A folder with all of the host's programs but some, and others in their place. */
  async function folderWithout(
    names: readonly string[],
    others: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const folder = await makeFolder();
    const wanted =
      "base64 cat cut date dd env fallocate find flock grep head logger mkdir mktemp mv nproc rm sed setpriv sh sha256sum timeout tr true unshare wc";
    mkdirSync(join(folder, "bin"));
    for (const name of wanted.split(" ").filter((each) => !names.includes(each) && !(each in others))) {
      symlinkSync(join("/usr/bin", name), join(folder, "bin", name));
    }
    for (const [name, text] of Object.entries(others)) writeProgram(join(folder, "bin", name), text);
    return join(folder, "bin");
  }

  test("finds none missing on a host, and says which util-linux it has", () => {
    assert.match(shown(checkPrograms(HOST)).join(), /^ok: all are there; util-linux \d+\.\d+/);
  });

  test("finds those that are missing, and how much that matters", async () => {
    const rows = checkPrograms({ path: [await folderWithout(["find", "wc", "timeout", "flock"])] });
    assert.deepEqual(shown(rows), [
      "fault: timeout, wc: missing, and every admission is refused without",
      "fault: find: missing, and every admission is refused without",
      "warning: flock is missing: decisions wait for no turn, and lines of the log can mix",
    ]);
    assert.deepEqual(
      rows.map(({ mend }) => mend),
      ["coreutils", "findutils", "util-linux"].map((name) => `install the package ${name}`),
    );
  });

  test("finds a setpriv that is too old, or another one", async () => {
    const old = "#!/bin/sh\necho setpriv from util-linux 2.32.1\n";
    const [row] = checkPrograms({ path: [await folderWithout([], { setpriv: old })] });
    assert.equal(row?.detail, "util-linux 2.32.1 is older than 2.33: the wall cannot be built");
    assert.equal(row.mend, "upgrade util-linux to 2.33 or newer");
    const busybox = checkPrograms({ path: [await folderWithout([], { setpriv: "#!/bin/sh\nexit 1\n" })] });
    assert.deepEqual(shown(busybox), ["fault: setpriv is not that of util-linux"]);
  });

  test("tries each layer of the wall for real", { ...needsRoot() }, async () => {
    const refuse =
      '#!/bin/sh\ncase "$*" in *--net*) echo "unshare failed: Operation not permitted" >&2; exit 1 ;; esac\n';
    const path = [await folderWithout(["setpriv"], { unshare: refuse }), "/nowhere"];
    const rows = checkLayers({ path }, true);
    assert.deepEqual(
      rows.map(({ status, detail }) => `${status}: ${detail.split(":")[0]}`),
      [
        "fault: this host does not give another user",
        "warning: this host does not give capabilities",
        "warning: this host does not give network namespace",
      ],
    );
    assert.match(rows[2]?.detail ?? "", /\(unshare failed: Operation not permitted\)$/);
    assert.match(rows[2]?.mend ?? "", /^find out why this fails: unshare --net true \(/);
    const [, limit] = checkLayers({ path: ["/nowhere"] }, true);
    assert.match(limit?.mend ?? "", /: sh -c 'ulimit -c 0 && [^']*' \(/, "as a shell reads it");
    assert.deepEqual(shown(checkLayers(HOST, false)), ["skipped: only root can build the whole wall"]);
  });

  test("knows the layers that the wall has", () => {
    const wall = readFileSync(join(productRoot, "bin/wall.sh"), "utf8");
    const options = LAYERS.flatMap(({ words }) => words.filter((word) => word.startsWith("--")));
    for (const option of options) assert.ok(wall.includes(option), option);
    const taken = [...wall.matchAll(/ (--[a-z][a-z-]+)/g)].map(([, option = ""]) => option);
    const node = taken.filter((option) => !options.includes(option));
    assert.deepEqual(node, ["--no-node-snapshot", "--jitless", "--preserve-symlinks-main"]);
  });
});

describe("the check of AppArmor", () => {
  async function check(profiles: string | undefined, scripts = [SCRIPT], enabled = "Y\n"): Promise<readonly Row[]> {
    const { sys } = await makeHost();
    writeText(join(sys, "module/apparmor/parameters/enabled"), enabled);
    if (profiles !== undefined) writeText(join(sys, "kernel/security/apparmor/profiles"), profiles);
    return checkAppArmor(scripts, { sys, bundle: "/srv/bundle" });
  }

  test("finds that a loaded profile lets the scripts run from libvirt's own folder", async () => {
    const profiles = "swtpm (enforce)\nlibvirtd (enforce)\nlibvirtd//qemu_bridge_helper (enforce)\n";
    assert.deepEqual(shown(await check(profiles)), [
      "ok: the profile of libvirtd lets the scripts run, and leave by /usr/bin/env",
    ]);
    assert.deepEqual(shown(await check("/usr/sbin/libvirtd (enforce)\n", ["/srv/hooks/qemu.d/zz-virt-warden"])), [
      "fault: the profile of /usr/sbin/libvirtd forbids to run /srv/hooks/qemu.d/zz-virt-warden: it is not in /etc/libvirt/hooks/",
    ]);
    const [row] = await check("virtqemud (enforce)\n", ["/srv/x"]);
    assert.equal(
      row?.mend,
      "let /etc/libvirt/hooks be a folder, and no link, then virt-warden install --bundle /srv/bundle",
    );
  });

  test("finds that it is not in use, or binds no daemon", async () => {
    assert.deepEqual(shown(await check(undefined, [SCRIPT], "N\n")), ["ok: not in use"]);
    assert.deepEqual(shown(checkAppArmor([SCRIPT], { sys: "/nowhere", bundle: "" })), ["ok: not in use"]);
    const none = ["ok: in use; it confines none of libvirt's daemons"];
    assert.deepEqual(shown(await check("libvirtd (complain)\nlibvirt-4dea22b3 (enforce)\n", ["/srv/x"])), none);
    assert.deepEqual(shown(await check(undefined)), ["skipped: only root can see which profiles are loaded"]);
  });
});

describe("the check of SELinux", () => {
  /** @param right What `matchpathcon -V` exits with; undefined where it is missing. */
  async function check(files: Readonly<Record<string, string>>, context = "", right?: number): Promise<readonly Row[]> {
    const { sys } = await makeHost();
    for (const [name, text] of Object.entries(files)) writeText(join(sys, "fs/selinux", name), text);
    const bin = await makeFolder();
    writeProgram(join(bin, "stat"), `#!/bin/sh\necho '${context}'\n`);
    if (right !== undefined) writeProgram(join(bin, "matchpathcon"), `#!/bin/sh\nexit ${right}\n`);
    return checkSelinux([SCRIPT], { sys, path: [bin] });
  }

  const ENFORCING = { enforce: "1", "booleans/virt_hooks_unconfined": "1 1" };
  const HOOK = "system_u:object_r:virt_hook_t:s0";

  test("finds nothing wrong where it is off, permissive, or prepared", async () => {
    assert.deepEqual(shown(await check({})), ["ok: not in use"]);
    assert.deepEqual(shown(await check({ enforce: "0" })), ["ok: permissive: it forbids nothing"]);
    const fine = ["ok: enforcing; hooks run unconfined, and the scripts have their context"];
    assert.deepEqual(shown(await check(ENFORCING, HOOK)), fine);
    assert.deepEqual(shown(await check(ENFORCING, "system_u:object_r:own_t:s0", 0)), fine);
  });

  test("finds the boolean off, and a context that is not a hook's", async () => {
    const rows = await check(
      { ...ENFORCING, "booleans/virt_hooks_unconfined": "0 1" },
      "unconfined_u:object_r:user_tmp_t:s0",
    );
    assert.deepEqual(
      rows.map(({ status, mend }) => [status, mend]),
      [
        ["fault", "setsebool -P virt_hooks_unconfined on"],
        ["fault", `restorecon -v ${SCRIPT}`],
      ],
    );
    assert.match(rows[1]?.detail ?? "", /has the context unconfined_u:object_r:user_tmp_t:s0, not that of hooks/);
    assert.deepEqual(
      (await check(ENFORCING, HOOK, 1)).map(({ status }) => status),
      ["fault"],
    );
    assert.deepEqual(
      (await check({ enforce: "1" }, HOOK)).map(({ status }) => status),
      ["warning"],
    );
  });
});
