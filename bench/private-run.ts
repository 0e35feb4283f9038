import { spawnSync } from "node:child_process";

/** Says within that it is done. */
const MARK = "VIRT_WARDEN_BENCH_RUN";

/** A new /run as hosts have it, in memory, which is gone with the last process that sees it. */
const SCRIPT = 'mount -t tmpfs -o mode=755 tmpfs /run && exec "$@"';

/**
 * Begins this process anew where /run is its own: what hooks keep there as root (turns, starts, bundles that were found
 * to be root's) is not the host's. Returns where that is done already, or not for root; elsewhere it says why it cannot.
 *
 * @returns why /run stays the host's, in a text for people; undefined where nothing is to say.
 */
export function enterPrivateRun(): string | undefined {
  if (process.getuid?.() !== 0 || process.env[MARK] !== undefined) return undefined;
  const inside = ["unshare", "--mount", "sh", "-c", SCRIPT, "sh"];
  const tried = spawnSync("/usr/bin/env", [...inside, "true"], { stdio: "ignore" });
  if (tried.status !== 0) return "this machine gives no mount namespace: hooks use the host's own /run/virt-warden";
  const words = ["env", ...inside, process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.("/usr/bin/env", words, { ...process.env, [MARK]: "private" });
  return "this Node cannot begin anew: hooks use the host's own /run/virt-warden";
}
