/** The commands. `hook` is the launcher's own (`bin/hook.sh`); it is here for its help alone. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { productRoot } from "../product.ts";
import { UserError } from "../user-error.ts";
import { registerAudit } from "./audit.ts";
import { registerBuild } from "./build.ts";
import { registerDoctor } from "./doctor.ts";
import { registerEval } from "./eval.ts";
import { registerHook } from "./hook.ts";
import { registerInspect } from "./inspect.ts";
import { registerInstall } from "./install.ts";
import { registerServe } from "./serve.ts";
import { registerUninstall } from "./uninstall.ts";

/** sysexits.h's EX_USAGE. */
const WRONG_USAGE = 64;

/** For a fault of virt-warden or of what it was given; 1 is what `eval` says of a denied guest. */
const FAILED = process.argv[2] === "eval" ? 3 : 1;

const { version } = JSON.parse(readFileSync(join(productRoot, "package.json"), "utf8")) as { version: string };
const program = new Command("virt-warden")
  .description("Admission control for libvirt: policies in TypeScript decide which guests may run on this host.")
  .version(version)
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()
  .addHelpText("after", "\nExample:\n  virt-warden build && virt-warden eval guest.xml");
const commands = [
  registerBuild,
  registerInstall,
  registerUninstall,
  registerDoctor,
  registerEval,
  registerAudit,
  registerInspect,
  registerServe,
  registerHook,
];
for (const register of commands) register(program);
for (const command of program.commands) command.exitOverride();

for (const stream of [process.stdout, process.stderr]) stream.on("error", endOutput);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // commander has already said what it has to say
  if (error instanceof Error && "code" in error && String(error.code).startsWith("commander.")) {
    return "exitCode" in error && error.exitCode === 0 ? 0 : WRONG_USAGE;
  }
  process.stderr.write(error instanceof UserError ? `${error.message}\n` : `virt-warden: ${describe(error)}\n`);
  return FAILED;
}

/** A reader that has seen enough, such as `head`, changes no exit status; what else goes wrong with output is a fault. */
function endOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.stderr.write(`virt-warden: cannot write the output: ${error.message}\n`);
  process.exit(FAILED);
}

function describe(error: unknown): string {
  // our own, and what the system said; only a bug prints a stack
  if (error instanceof Error && (error.name === "EngineFailure" || "syscall" in error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
