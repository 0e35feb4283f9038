import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host } from "./host/host.ts";
import { runProgram } from "./host/run-program.ts";
import { waitUntil } from "./host/wait-until.ts";

/** The product's own launcher, which libvirt's hooks call. */
export const LAUNCHER = fileURLToPath(new URL("../../bin/virt-warden", import.meta.url));

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

/** Policies in a folder, their bundle, and their log. */
export interface Warden {
  readonly config: string;
  readonly bundle: string;
  /** A script for the hook `qemu` that builds from the configuration at each call. */
  readonly configScript: string;
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

/** Parts of `virt-warden.yaml`, each a value in YAML. */
export interface Configuration {
  readonly limits?: string;
  readonly rules?: string;
}

/** Makes a folder with policies, by file name, and builds their bundle. */
export async function makeWarden(
  policies: Readonly<Record<string, string>>,
  { limits = "{ time: 1s, deadline: 20s }", rules = "{}" }: Configuration = {},
): Promise<Warden> {
  const folder = mkdtempSync(join(tmpdir(), "virt-warden-policies-"));
  const config = join(folder, "virt-warden.yaml");
  writeFileSync(config, `policies: ["*.ts"]\nlimits: ${limits}\nrules: ${rules}\nlog: decisions.log\n`);
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
    config,
    bundle,
    configScript: scriptFor(config),
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

/** The text of the log that is written while no bundle says where: at the default place, which is the host's own. */
export function readDefaultLog(host: Host): string {
  const log = host.at("/var/log/virt-warden/decisions.log");
  return existsSync(log) ? readFileSync(log, "utf8") : "";
}

/** The lines of a decision log. */
export function parseDecisions(log: string): readonly LoggedDecision[] {
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as LoggedDecision);
}

/** A script of one's own, which has virt-warden build the policies at each call that asks for admission. */
function scriptFor(config: string): string {
  return `#!/bin/sh
case $2 in prepare | migrate | restore) ;; *) exit 0 ;; esac
exec /usr/bin/env ${LAUNCHER} hook --config ${config} qemu "$@"
`;
}
