import { resolve } from "node:path";
import type { Command } from "commander";
import { DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { printable } from "../hook/printable.ts";
import { applyPlan } from "../install/apply-plan.ts";
import { DEFAULT_HOOKS_DIR } from "../install/places.ts";
import { type PreparedInstall, prepareInstall } from "../install/prepare-install.ts";
import { restoreLabels } from "../install/restore-labels.ts";
import type { SampleDecision } from "../install/sample-decision.ts";
import { DEFAULT_SOCKET } from "../service/places.ts";
import { pathOption } from "./path-option.ts";
import { printReload } from "./print-reload.ts";
import { problemText } from "./problem-text.ts";

interface InstallOptions {
  readonly hooksDir: string;
  readonly bundle: string;
  /** False for none. */
  readonly socket: string | false;
  readonly dryRun?: true;
}

const EXAMPLE = `
Writes a script for each hook that some policy watches, and one that notes when
libvirt's daemon looks for hooks. Scripts of others stay as they are. Refuses
where the bundle cannot decide, since that would stop every start.

The scripts ask a warm evaluator first, where virt-warden serve listens at that
socket; without one, each decision starts an evaluator. They ask with perl, nc,
socat or ncat, the first of these that this host has.

Example:
  $ virt-warden build && virt-warden install
  sample     qemu/prepare  allowed in 320 ms
  wrote      /etc/libvirt/hooks/daemon.d/zz-virt-warden
  wrote      /etc/libvirt/hooks/qemu.d/zz-virt-warden
  asks       /run/virt-warden/admit.sock, with perl`;

/** Adds the command `install`. */
export function registerInstall(program: Command): void {
  program
    .command("install")
    .description("put the hook scripts in place, so that libvirt asks virt-warden")
    .option("--hooks-dir <dir>", "libvirt's folder of hooks", pathOption, DEFAULT_HOOKS_DIR)
    .option("--bundle <dir>", "the bundle that decides", pathOption, DEFAULT_BUNDLE)
    .option("--socket <path>", "where a warm evaluator may listen", pathOption, DEFAULT_SOCKET)
    .option("--no-socket", "never ask a warm evaluator")
    .option("--dry-run", "check all, and only say what would be done")
    .addHelpText("after", EXAMPLE)
    .action(async (options: InstallOptions) => {
      process.exitCode = await install(options);
    });
}

/** @returns the exit status. */
async function install({ hooksDir, bundle, socket, dryRun }: InstallOptions): Promise<number> {
  if (!dryRun && process.getuid?.() !== 0) {
    console.error("virt-warden: only root can install hooks: try sudo, or look first with --dry-run");
    return 1;
  }
  try {
    const prepared = await prepareInstall(
      resolve(hooksDir),
      resolve(bundle),
      socket === false ? undefined : resolve(socket),
    );
    for (const warning of prepared.warnings) warn(warning);
    for (const sample of prepared.samples) console.log(`sample     ${sample.event}  ${describe(sample)}`);
    if (!dryRun) await apply(prepared);
    report(prepared, dryRun === true);
    return 0;
  } catch (error) {
    console.error(problemText(error, "cannot install here"));
    console.error("virt-warden: nothing was installed; the hooks are as they were");
    return 1;
  }
}

async function apply({ plan }: PreparedInstall): Promise<void> {
  await applyPlan(plan);
  const problem = restoreLabels([...plan.folders, ...plan.writes.map(({ path }) => path)]);
  if (problem !== undefined) warn(problem);
}

function report({ plan, warm, watched, neighbours }: PreparedInstall, isDry: boolean): void {
  const verb = (done: string, planned: string): string => (isDry ? `would ${planned}` : done).padEnd(isDry ? 12 : 9);
  for (const folder of plan.folders) console.log(`${verb("made", "make")}  ${folder}`);
  for (const { path } of plan.writes) console.log(`${verb("wrote", "write")}  ${path}`);
  for (const { what, was, is } of plan.repointed)
    console.log(
      `${verb("changed", "change")}  ${what}: was ${printable(was)}, ${isDry ? "would be" : "is now"} ${printable(is)}`,
    );
  for (const path of plan.removes) console.log(`${verb("removed", "remove")}  ${path}`);
  for (const path of plan.unchanged) console.log(`${verb("unchanged", "keep")}  ${path}`);
  if (warm) console.log(`${verb("asks", "ask")}  ${warm.socket}, with ${warm.client}`);
  for (const { path, isAfter } of neighbours)
    console.log(`beside ours, libvirt runs ${isAfter ? "after" : "before"} it: ${path}`);
  if (isDry) return;
  printReload(plan.hooksDir, watched);
  console.log("then see whether all is in force: virt-warden doctor");
}

function describe({ decision, ms }: SampleDecision): string {
  const names = decision.findings.filter(({ level }) => level === "deny").map(({ policy }) => policy);
  const verdict = decision.status === 0 ? "allowed" : `denied by ${[...new Set(names)].join(", ")}`;
  return `${verdict} in ${ms} ms`;
}

function warn(text: string): void {
  console.error(`virt-warden: warning: ${printable(text)}`);
}
