import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { type Ended, LAUNCHER, start } from "../support/launcher.ts";
import { logLine } from "../support/log-line.ts";
import { waitFor } from "../support/process.ts";

/** A log that is followed. */
interface Followed {
  readonly file: string;
  /** Waits for the guests that were shown, in their order. */
  shown(guests: string): Promise<void>;
  end(): Promise<Ended>;
}

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill("SIGKILL");
});

async function follow(file: string, ...words: readonly string[]): Promise<Followed> {
  const { child, ended } = start(LAUNCHER, ["log", "--file", file, "--follow", ...words], "open");
  children.push(child);
  let stdout = "";
  child.stdout?.on("data", (piece: Buffer) => {
    stdout += piece.toString();
  });
  return {
    file,
    async shown(guests) {
      const now = (): string => [...stdout.matchAll(/(?:ALLOW|DENY) +(\S+)/g)].map(([, guest]) => guest).join(" ");
      await waitFor(() => (now() === guests ? true : undefined), 5000).catch(() => assert.equal(now(), guests));
    },
    end() {
      child.kill("SIGINT");
      return ended;
    },
  };
}

test("--follow waits for the log, and for the end of a line, and goes on over both kinds of rotation", async () => {
  const folder = await makeFolder();
  const file = join(folder, "decisions.log");
  const followed = await follow(file);
  const half = logLine(1, "a");
  writeFileSync(file, half.slice(0, 50));
  appendFileSync(file, `${half.slice(50)}${logLine(2, "b")}`);
  await followed.shown("a b");
  renameSync(file, `${file}.1`);
  // one that had it open still
  appendFileSync(`${file}.1`, logLine(3, "late"));
  await followed.shown("a b late");
  writeFileSync(file, logLine(4, "c"));
  await followed.shown("a b late c");
  copyFileSync(file, `${file}.2`);
  truncateSync(file);
  // longer than what there was
  appendFileSync(file, `${logLine(5, "d")}${logLine(6, "e")}`);
  await followed.shown("a b late c d e");
  const { status, stderr } = await followed.end();
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
});

test("--follow begins with the last decisions that are asked for, and shows what passes its filters", async () => {
  const lines = Array.from({ length: 30 }, (_, index) => logLine(index, `web${index}`));
  const folder = await makeFolder({ "decisions.log": lines.join("") });
  const followed = await follow(join(folder, "decisions.log"), "--lines", "2", "--guest", "web*");
  await followed.shown("web28 web29");
  appendFileSync(followed.file, `${logLine(31, "db")}half a line\n${logLine(32, "web30")}`);
  await followed.shown("web28 web29 web30");
  const { status, stderr } = await followed.end();
  assert.deepEqual(
    { status, stderr },
    { status: 0, stderr: "virt-warden: warning: 1 damaged line of the log was left out\n" },
  );
});

test("--follow ends when nobody reads any more", async () => {
  const folder = await makeFolder({ "decisions.log": logLine(1, "a") });
  const file = join(folder, "decisions.log");
  const child = spawn(LAUNCHER, ["log", "--file", file, "--follow"], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  child.stdout.destroy();
  const more = setInterval(() => appendFileSync(file, logLine(2, "b")), 50);
  const [status] = await exited.finally(() => clearInterval(more));
  assert.equal(status, 0);
});
