import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeControlGroups } from "./control-groups.ts";
import { type Ended, PATH, runProgram } from "./run-program.ts";

const SCRIPT = fileURLToPath(new URL("namespace.sh", import.meta.url));

/** unshare's options for a host. */
export const NAMESPACES = ["--mount", "--uts", "--net", "--pid", "--ipc", "--fork", "--kill-child", "--mount-proc"];

/** The namespaces of a private host, with all the processes that it runs. */
export interface Namespace {
  /** Has the host's first program do something, and waits until it is done. */
  command(line: string): Promise<void>;
  /** Runs a program in the host's namespaces. */
  run(file: string, args: readonly string[]): Promise<Ended>;
  /** Starts a program in the host's namespaces, which ends with them at the latest. */
  start(file: string, args: readonly string[]): ChildProcess;
  /** Ends every process of the host, and with them its mounts and its network. */
  end(): Promise<void>;
}

/**
 * Starts a host's daemons in mount, UTS, network, PID and IPC namespaces of their own.
 * `tini` is the first process there: it reaps QEMU's orphaned probes, which each delay a guest's start otherwise.
 * The parent-death signals reach from this process to that first one, whose end the kernel answers by killing all
 * others in its PID namespace: not even SIGKILL on a test leaves a guest behind.
 *
 * @param folder - Where the host's files lie, see `namespace.sh`.
 * @param containers - Whether the host gets control groups of its own, without which libvirt runs no container.
 * @throws {Error} When the first program ends, with what it said.
 * @see {@link https://man7.org/linux/man-pages/man7/pid_namespaces.7.html | pid_namespaces(7)}
 */
export async function startNamespace(folder: string, hostname: string, containers = false): Promise<Namespace> {
  const groups = containers ? makeControlGroups(basename(folder)) : undefined;
  const first = ["tini", "--", "sh", SCRIPT, folder, hostname, ...(groups?.words ?? [])];
  // what systemd gives libvirtd, and so libvirt its hooks: nothing of the test's own environment
  const env = { PATH, HOME: "/root" };
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "unshare", ...NAMESPACES, ...first], { env });
  const closed = once(child, "close");
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const expectAnswer = async (line: string): Promise<void> => {
    const answer = await answers.next();
    if (answer.value === line) return;
    await closed;
    groups?.remove();
    throw new Error(`Cannot have host ${hostname} do "${line}": its first program ended: ${complaints.trim()}`);
  };
  await expectAnswer("started");
  return {
    async command(line) {
      child.stdin.write(`${line}\n`);
      await expectAnswer(line);
    },
    run: (file, args) => runProgram("nsenter", ["--target", firstProcess(child), "--all", file, ...args]),
    start(file, args) {
      const words = ["--target", firstProcess(child), "--all", file, ...args];
      return spawn("nsenter", words, { env, stdio: ["ignore", "ignore", "pipe"] });
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // when the first process ends, `unshare` does, and by then the kernel has ended the others
      process.kill(Number(firstProcess(child)), "SIGKILL");
      await closed;
      groups?.remove();
    },
  };
}

/** The namespace's first process, as this side of the namespace numbers it. */
function firstProcess({ pid }: ChildProcessWithoutNullStreams): string {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  if (!/^\d+$/.test(children))
    throw new Error(`Cannot reach a private host: process ${pid} has children "${children}"`);
  return children;
}
