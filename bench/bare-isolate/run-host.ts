import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { statusOf } from "../../test/support/process.ts";
import { type BareVerdict, type Job, READY } from "./job.ts";

/** What became of a host. */
export interface HostRun {
  /** Undefined where the host ended without one. */
  readonly verdict: BareVerdict | undefined;
  /** Why it was ended from outside; undefined where it ended by itself. */
  readonly stopped: "time" | "memory" | undefined;
  /** Its exit status or signal. */
  readonly end: number | string;
  /** From the first policy's start to the process's end. */
  readonly seconds: number;
  /** The most that it had resident, as the kernel keeps it. */
  readonly peakBytes: number;
}

const HOST = fileURLToPath(new URL("host.ts", import.meta.url));

/** When a host is ended from outside, in milliseconds and bytes: the machine has others to serve. */
const PATIENCE = 5000;
const MOST_MEMORY = 2 ** 30;

/** How often its memory is looked at, in milliseconds. */
const INTERVAL = 5;

/** Has a host of its own judge. */
export async function runHost(job: Job): Promise<HostRun> {
  // isolated-vm's README asks for the flag; everything else is as Node is by itself
  const child = spawn(process.execPath, ["--no-node-snapshot", HOST], { stdio: ["pipe", "pipe", "ignore"] });
  let started = Date.now();
  let output = "";
  let stopped: HostRun["stopped"];
  let peakBytes = 0;
  const stop = (why: "time" | "memory"): void => {
    stopped ??= why;
    child.kill("SIGKILL");
  };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    if (output === "") started = Number(chunk.slice(READY.length, chunk.indexOf("\n")));
    output += chunk;
  });
  child.stdin.on("error", () => {}).end(JSON.stringify(job));
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, Number(statusOf(child.pid ?? 0, "VmHWM")[0] ?? 0) * 1024);
    if (peakBytes > MOST_MEMORY) stop("memory");
    if (Date.now() - started > PATIENCE) stop("time");
  }, INTERVAL);
  try {
    const end = await new Promise<number | string>((resolve, reject) => {
      child.once("error", reject).once("close", (code, signal) => resolve(signal ?? code ?? "nothing"));
    });
    const seconds = (Date.now() - started) / 1000;
    return { verdict: verdictOf(output), stopped, end, seconds, peakBytes };
  } finally {
    clearInterval(timer);
  }
}

function verdictOf(output: string): BareVerdict | undefined {
  const [ready = "", verdict = ""] = output.split("\n", 2);
  if (!ready.startsWith(READY)) throw new Error("Cannot measure: the host did not start");
  try {
    return JSON.parse(verdict) as BareVerdict;
  } catch {
    return undefined;
  }
}
