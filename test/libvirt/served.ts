import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isReady } from "../support/is-ready.ts";
import { readFile } from "../support/process.ts";
import { type Tap, tap } from "../support/tap.ts";
import type { Host } from "./host/host.ts";
import { waitUntil } from "./host/wait-until.ts";
import type { WarmCounts } from "./run/warm-counts.ts";
import type { Warden } from "./warden.ts";

/** Where installed scripts ask, and where the service listens behind the place at which its answers are counted. */
const SOCKET = "/run/virt-warden/admit.sock";
const INNER = "/run/virt-warden/service.sock";

/** Names the folder where each host's counts go, where the scenarios are run with a warm evaluator. */
export const WARM = "VIRT_WARDEN_TEST_WARM";

interface Served {
  readonly answers: Tap;
  readonly stop: () => Promise<void>;
}

const services = new WeakMap<Host, Served>();

/** Gives a host a warm evaluator where the scenarios are run with one; it ends with the host. */
export async function serveIfWarm(host: Host, { bundle, readLog }: Warden, launcher: string): Promise<void> {
  const folder = process.env[WARM];
  if (folder === undefined || services.has(host)) return;
  const service = host.start(launcher, "serve", "--bundle", bundle, "--socket", INNER);
  let said = "";
  service.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = once(service, "exit");
  await waitUntil("the service's start", () => service.exitCode !== null || isReady(host.at(INNER)));
  if (service.exitCode !== null) throw new Error(`Cannot serve on a private host: ${said}`);
  const answers = await tap(host.at(SOCKET), host.at(INNER));
  const stop = async () => {
    services.delete(host);
    // nsenter itself passes no signal on
    for (const pid of childrenOf(service.pid ?? 0)) process.kill(pid, "SIGTERM");
    await ended;
    await answers.stop();
  };
  services.set(host, { answers, stop });
  host.beforeStop(async () => {
    await stopServing(host);
    const counts: WarmCounts = { answers: answers.answers.map(({ answer }) => answer), logged: countLines(readLog()) };
    writeFileSync(join(mkdtempSync(join(folder, "host-")), "counts.json"), JSON.stringify(counts));
  });
}

/** Ends a host's warm evaluator, where it has one. */
export async function stopServing(host: Host): Promise<void> {
  await services.get(host)?.stop();
}

function childrenOf(pid: number): number[] {
  return readFile(pid, `task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

function countLines(log: string): number {
  return log.split("\n").filter((line) => line !== "").length;
}
