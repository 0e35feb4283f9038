import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { chmod, chown, mkdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { EVENTS, refuses } from "../../src/hook/events.ts";
import { CLIENTS } from "../../src/install/clients.ts";
import { hasMark, hookScript, readHookScript } from "../../src/install/hook-script.ts";
import { HOOKS, type Hook } from "../../src/install/places.ts";
import { LAUNCHER } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { call, launchText, makeScripts, SHELLS } from "./script-call.ts";

const OPERATIONS = [
  ...new Set(Object.keys(EVENTS).map((event) => event.split("/")[1] ?? "")),
  "frobnicate",
  "",
  "prepare ",
];
const CALLS = HOOKS.flatMap((hook) => OPERATIONS.map((operation) => [hook, operation] as const));
const WORDS = (operation: string): string[] => ["--help", operation, "begin", "-"];

test("an answer of the launcher is passed on, with its stdin and stdout, whatever the event", async () => {
  const scripts = await makeScripts();
  for (const status of [0, 1, 2, 3]) {
    await scripts.setLauncher(`printf '<%s>' "$@"; cat; exit $((80 + ${status}))`);
    for (const shell of SHELLS) {
      for (const hook of HOOKS) {
        const ended = call(shell, scripts.script(hook), WORDS("start"), "text\nof ours");
        assert.equal(ended.status, status, hook);
        const words = [
          "hook",
          "--status-base",
          "80",
          "--bundle",
          join(scripts.folder, "the bundle"),
          hook,
          ...WORDS("start"),
        ];
        assert.equal(ended.stdout, `${words.map((word) => `<${word}>`).join("")}text\nof ours`);
        assert.equal(ended.stderr, "");
      }
    }
  }
});

test("where the launcher gives no answer, an admission is refused in one line, and nothing that runs is ended", async () => {
  const scripts = await makeScripts();
  await scripts.setLauncher("exit 0");
  checkAccident(
    CALLS,
    scripts.script,
    /.*it's the launcher ended with status 0 and no answer; install virt-warden again/,
  );
});

test("the same holds where it is missing, cannot be run, is killed, or fails as a shell or env does", async () => {
  const scripts = await makeScripts();
  const calls = CALLS.filter(([hook]) => hook === "network" || hook === "lxc");
  const missing = /.*it's the launcher is missing or cannot be run; install virt-warden again/;
  checkAccident(calls, scripts.script, missing);
  for (const [body, status] of [
    ["kill -KILL $$", 137],
    ["exit 2", 2],
    ["exit 127", 127],
    ["exit 84", 84],
  ] as const) {
    await scripts.setLauncher(body);
    checkAccident(calls.slice(0, 8), scripts.script, new RegExp(`.* ended with status ${status} and no answer;`));
  }
  await chmod(scripts.launcher, 0o644);
  checkAccident(calls.slice(0, 8), scripts.script, missing);
});

/** Each event in each shell, against the engine's own event table. */
function checkAccident(
  calls: readonly (readonly [Hook, string])[],
  scriptOf: (hook: Hook) => string,
  expected: RegExp,
): void {
  for (const shell of SHELLS) {
    for (const [hook, operation] of calls) {
      const { status, stderr } = call(shell, scriptOf(hook), WORDS(operation));
      const what = `${shell[0]} ${hook}/${operation}: ${stderr}`;
      assert.equal(status, refuses(hook, operation) ? 3 : 0, what);
      if (status === 0) assert.equal(stderr, "", what);
      else assert.match(stderr, new RegExp(`^virt-warden: engine failure: ${expected.source}[^\n]*\n$`), what);
    }
  }
}

test("a launcher that was cut off between two of its functions refuses admissions and ends nothing", async () => {
  const whole = await readFile(LAUNCHER, "utf8");
  const ends = [...whole.matchAll(/^}$/gm)].map(({ index }) => index + 2);
  assert.ok(ends.length >= 3);
  const scripts = await makeScripts();
  for (const end of [0, ...ends]) {
    await writeFile(scripts.launcher, whole.slice(0, end), { mode: 0o755 });
    await chmod(scripts.launcher, 0o755);
    for (const shell of SHELLS) {
      assert.equal(call(shell, scripts.script("qemu"), WORDS("prepare")).status, 3, `${end}`);
      assert.equal(call(shell, scripts.script("qemu"), WORDS("reconnect")).status, 0, `${end}`);
    }
  }
});

test("an event that no policy watches never reaches the launcher; every other one does", needsRoot(), async () => {
  const scripts = await makeScripts();
  await scripts.setLauncher("exit 81");
  await scripts.setLaunch(launchText("network/port-created qemu/prepare"));
  for (const shell of SHELLS) {
    for (const [hook, operation] of CALLS) {
      const isKnown = Object.hasOwn(EVENTS, `${hook}/${operation}`);
      const isWatched = ["qemu/prepare", "network/port-created"].includes(`${hook}/${operation}`);
      const { status } = call(shell, scripts.script(hook), WORDS(operation));
      assert.equal(status, isWatched || !isKnown ? 1 : 0, `${shell[0]} ${hook}/${operation}`);
    }
  }
});

test(
  "where policies count guests, every guest's start and end reaches the launcher, which keeps the ledger",
  needsRoot(),
  async () => {
    const scripts = await makeScripts();
    await scripts.setLauncher("exit 81");
    await scripts.setLaunch(launchText("qemu/migrate", "qemu/migrate"));
    const asked = CALLS.filter(
      ([hook, operation]) => call(["dash"], scripts.script(hook), WORDS(operation)).status === 1,
    )
      .map(([hook, operation]) => `${hook}/${operation}`)
      .filter((event) => Object.hasOwn(EVENTS, event));
    const counted = ["prepare", "release", "start", "started", "stopped"];
    const expected = ["qemu", "lxc", "libxl", "bhyve"].flatMap((hook) => counted.map((each) => `${hook}/${each}`));
    assert.deepEqual(asked.sort(), [...expected, "qemu/migrate"].sort());
  },
);

test(
  "a list that others could have written is the launcher's to judge where something is admitted",
  needsRoot(),
  async () => {
    const scripts = await makeScripts();
    await scripts.setLauncher("exit 83");
    await scripts.setLaunch(launchText("daemon/start"));
    const bundle = join(scripts.folder, "the bundle");
    const version = join(bundle, "versions/1");
    await mkdir(join(bundle, "versions"));
    await rename(join(bundle, "current"), version);
    await symlink("versions/1", join(bundle, "current"));
    let count = 0;
    for (const shell of SHELLS) {
      const answers = (): readonly (number | null)[] => {
        // of a text that root has seen once, nothing more is to be found out
        writeFileSync(join(version, "launch"), launchText("daemon/start").replace("data 1", `data ${++count}`));
        return ["prepare", "started"].map((operation) => call(shell, scripts.script("qemu"), WORDS(operation)).status);
      };
      assert.deepEqual(answers(), [0, 0]);
      for (const path of [join(version, "launch"), version, join(bundle, "versions"), bundle]) {
        const { mode } = await stat(path);
        for (const more of [0o002, 0o020]) {
          await chmod(path, mode | more);
          assert.deepEqual(answers(), [3, 0], `${path} ${more}`);
        }
        await chmod(path, mode);
        await chown(path, 64993, 0);
        assert.deepEqual(answers(), [3, 0], path);
        await chown(path, 0, 0);
      }
      assert.deepEqual(answers(), [0, 0]);
    }
  },
);

test("a launch file that is missing, not whole or of another format is the launcher's to judge", async () => {
  const scripts = await makeScripts();
  await scripts.setLauncher("exit 83");
  const whole = launchText("lxc/start");
  const broken = [
    "",
    whole.slice(0, -1),
    whole.slice(0, -4),
    whole.replace("virt-warden-bundle", "bundle"),
    whole.replace("watch lxc/start\n", ""),
    whole.replace("\nwatch", " watch"),
    `${whole}more\n`,
    whole.replace("bundle 2", "bundle 3"),
    whole.replace("bundle 2", "bundle 1"),
    whole.replace("kill\n", ""),
    `virt-warden-bundle 2\n${whole}`,
    // a word in which a bit changed may have been the event in question
    whole.replace("lxc/start", "lxc/svart"),
    whole.replace("lxc/start", "mxc/start"),
  ];
  for (const shell of SHELLS) {
    for (const text of [whole, whole.replace("bundle 2", "bundle 1").replace("guests\nkill\nrewrite\n", "")]) {
      await scripts.setLaunch(text);
      assert.equal(call(shell, scripts.script("qemu"), WORDS("started")).status, 0);
    }
    for (const text of broken) {
      await scripts.setLaunch(text);
      assert.equal(call(shell, scripts.script("qemu"), WORDS("started")).status, 3, text);
    }
    await rm(join(scripts.folder, "the bundle/current/launch"));
    assert.equal(call(shell, scripts.script("qemu"), WORDS("started")).status, 3);
  }
});

test("an unwatched event where nothing is admitted costs no process", needsRoot(), async () => {
  const scripts = await makeScripts();
  await scripts.setLaunch(launchText("qemu/prepare"));
  await chmod(scripts.folder, 0o755);
  for (const shell of SHELLS) {
    // that user may have this one process and no other
    const alone = ["setpriv", "--reuid", "64993", "--clear-groups", "prlimit", "--nproc=1"];
    const ended = call([...alone, ...shell], scripts.script("qemu"), WORDS("started"));
    assert.deepEqual(ended, { status: 0, stdout: "", stderr: "" });
  }
});

test(
  "where no process can be started any more, an admission is refused, and nothing that runs is ended",
  needsRoot(),
  async () => {
    const scripts = await makeScripts();
    await scripts.setLauncher("exit 80");
    await chmod(scripts.folder, 0o755);
    const alone = ["setpriv", "--reuid", "64993", "--clear-groups", "prlimit", "--nproc=1", "dash"];
    for (const [hook, operation] of CALLS) {
      const { status } = call(alone, scripts.script(hook), WORDS(operation));
      assert.equal(status !== 0, refuses(hook, operation), `${hook}/${operation}`);
    }
  },
);

test("a call with another number of words is passed on as it is", async () => {
  const scripts = await makeScripts();
  await scripts.setLauncher('shift 5; printf "<%s>" "$@"; exit 83');
  await scripts.setLaunch(launchText(""));
  for (const words of [[], ["web1"], ["web1", "prepare", "begin"], ["web1", "started", "begin", "-", "more"]]) {
    const { status, stdout } = call(["dash"], scripts.script("qemu"), words);
    assert.deepEqual([status, stdout], [3, ["qemu", ...words].map((word) => `<${word}>`).join("")]);
  }
});

test("closed descriptors and a hostile environment change nothing", async () => {
  const scripts = await makeScripts();
  await scripts.setLauncher("exit 81");
  await scripts.setLaunch(launchText("qemu/prepare"));
  for (const shell of SHELLS) {
    const closed = 'exec "$@" <&- >&- 2>&-';
    const env = ["env", "IFS=/ae", "PATH=/nowhere", "watch=x", "known=", "LC_ALL=tr_TR.UTF-8", "POSIXLY_CORRECT=1"];
    for (const [operation, expected] of [
      ["prepare", 1],
      ["started", 0],
    ] as const) {
      const words = [...shell, scripts.script("qemu"), ...WORDS(operation)].map((word, index) =>
        index === 0 ? `/usr/bin/${word}` : word,
      );
      const [first = "", ...rest] = words;
      assert.equal(call(["sh", "-c", closed, "sh"], first, rest).status, expected);
      assert.equal(call(env, first, rest).status, expected);
    }
  }
});

test("a signal does not end a script that waits for its answer", async () => {
  const scripts = await makeScripts();
  await scripts.setLauncher("kill -TERM $PPID; kill -HUP $PPID; exit 80");
  for (const shell of SHELLS) {
    assert.equal(call(shell, scripts.script("qemu"), WORDS("reconnect")).status, 0);
    assert.equal(call(shell, scripts.script("network"), WORDS("port-created")).status, 0);
  }
});

test("a script tells what it was made of, and nothing else is taken for one", () => {
  const made = ["/etc/a 'folder'", "/etc/a 'folder'/qemu.d"];
  const parts = { hook: "qemu", launcher: "/opt/it's here/virt-warden", bundle: '/var/$(lib)"`x`', made } as const;
  const text = hookScript(parts);
  assert.deepEqual(readHookScript(text), parts);
  for (const client of CLIENTS) {
    const warm = { socket: "/run/virt-warden/admit.sock", client };
    for (const hook of HOOKS)
      assert.deepEqual(readHookScript(hookScript({ ...parts, hook, warm })), { ...parts, hook, warm });
  }
  assert.equal(readHookScript(text.replace("\n# made", "\nsocket='/x'\nclient='curl'\n# made")), undefined);
  assert.ok(hasMark(text));
  for (const other of [
    "",
    "#!/bin/sh\nexit 0\n",
    `#!/bin/sh\n${text}`,
    text.slice(0, -1),
    text.slice(0, text.length / 2),
  ]) {
    assert.equal(readHookScript(other), undefined);
  }
  assert.throws(() => hookScript({ ...parts, bundle: "/a\nb" }), /Cannot write a hook script with the path "\/a\\nb"/);
  assert.throws(() => hookScript({ ...parts, launcher: "bin/virt-warden" }), /Cannot write/);
});
