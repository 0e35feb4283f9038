import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "./host/run-program.ts";
import { waitUntil } from "./host/wait-until.ts";

/** The product's own launcher, which libvirt's hooks call. */
const LAUNCHER = fileURLToPath(new URL("../../bin/virt-warden", import.meta.url));

/** What a test reads of a line of the decision log. */
export interface LoggedDecision {
  readonly event: string;
  readonly object: string;
  readonly decision: "allow" | "deny";
  readonly status: number;
  readonly findings: readonly { readonly policy: string; readonly reason: string }[];
  readonly failures: readonly { readonly policy: string; readonly kind: string }[];
  readonly error?: { readonly code: string };
}

/** Policies in a folder, their bundle, and the hook scripts that ask them. */
export interface Warden {
  readonly bundle: string;
  /** The hook script for hosts with a bundle. */
  readonly bundleHook: HookScripts;
  /** The hook script that builds from the configuration at each call. */
  readonly configHook: HookScripts;
  /** Writes the sources of policies over those that there are, and puts the bundle in force. */
  build(policies?: Readonly<Record<string, string>>): Promise<void>;
  /** The decision log's text. */
  readLog(): string;
  /** The logged decisions about a guest or a network. */
  decisionsOn(object: string): readonly LoggedDecision[];
  /** Waits until a decision on this event and object is logged. */
  untilDecided(event: string, object: string): Promise<LoggedDecision>;
  /** Removes the folder. */
  remove(): void;
}

/** The scripts of `/etc/libvirt/hooks`. */
export type HookScripts = Readonly<Record<"qemu" | "network", string>>;

/** Makes a folder with policies, by file name, and builds their bundle. */
export async function makeWarden(policies: Readonly<Record<string, string>>): Promise<Warden> {
  const folder = mkdtempSync(join(tmpdir(), "virt-warden-policies-"));
  const config = join(folder, "virt-warden.yaml");
  writeFileSync(config, CONFIGURATION);
  const bundle = join(folder, "bundle");
  const log = join(folder, "decisions.log");
  const readLog = () => (existsSync(log) ? readFileSync(log, "utf8") : "");
  const decisions = () => parseDecisions(readLog());
  const build = async (changed: Readonly<Record<string, string>> = {}) => {
    for (const [name, source] of Object.entries(changed)) writeFileSync(join(folder, name), source);
    const { status, stderr } = await runProgram(LAUNCHER, ["build", "--config", config, "--out", bundle]);
    if (status !== 0) throw new Error(`Cannot build the policies of a test: ${stderr}`);
  };
  await build(policies);
  return {
    bundle,
    bundleHook: hookScripts(["--bundle", bundle]),
    configHook: hookScripts(["--config", config]),
    build,
    readLog,
    decisionsOn: (object) => decisions().filter((decision) => decision.object === object),
    async untilDecided(event, object) {
      const find = () => decisions().find((decision) => decision.event === event && decision.object === object);
      await waitUntil(`a decision on ${event} of ${object}`, () => find() !== undefined);
      return find() as LoggedDecision;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The lines of a decision log. */
export function parseDecisions(log: string): readonly LoggedDecision[] {
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as LoggedDecision);
}

/** The README's script for putting virt-warden on a host by hand. */
export function hookScripts(options: readonly string[], launcher = LAUNCHER): HookScripts {
  const script = (hook: string) => `#!/bin/sh
# virt-warden judges the guest; without its launcher, running guests are left alone
warden=${launcher}
[ -x "$warden" ] || case $2 in started|reconnect|stopped|release) exit 0 ;; esac
exec /usr/bin/env "$warden" hook ${options.join(" ")} ${hook} "$@"
`;
  return { qemu: script("qemu"), network: script("network") };
}

const CONFIGURATION = `policies: ["*.ts"]
limits: { time: 1s, deadline: 20s }
log: decisions.log
`;
