import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { productRoot } from "../product.ts";

/** Adds one command. */
type Register = (program: Command) => void;

/** The commands, each loaded when it is asked for: some stay resident, such as `serve`. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  init: async () => (await import("./init.ts")).registerInit,
  test: async () => (await import("./test.ts")).registerTest,
  build: async () => (await import("./build.ts")).registerBuild,
  "break-glass": async () => (await import("./break-glass.ts")).registerBreakGlass,
  install: async () => (await import("./install.ts")).registerInstall,
  uninstall: async () => (await import("./uninstall.ts")).registerUninstall,
  doctor: async () => (await import("./doctor.ts")).registerDoctor,
  eval: async () => (await import("./eval.ts")).registerEval,
  audit: async () => (await import("./audit.ts")).registerAudit,
  inspect: async () => (await import("./inspect.ts")).registerInspect,
  serve: async () => (await import("./serve.ts")).registerServe,
  log: async () => (await import("./log.ts")).registerLog,
  metrics: async () => (await import("./metrics.ts")).registerMetrics,
  hook: async () => (await import("./hook.ts")).registerHook,
};

/**
 * The program with its commands, ready to parse.
 *
 * @param only The one command that is needed; all of them where there is none of that name.
 */
export async function createProgram(only?: string): Promise<Command> {
  const { version } = JSON.parse(readFileSync(join(productRoot, "package.json"), "utf8")) as { version: string };
  const program = new Command("virt-warden")
    .description("Admission control for libvirt: policies in TypeScript decide which guests may run on this host.")
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText("after", "\nExample:\n  virt-warden build && virt-warden eval guest.xml");
  const names = only !== undefined && Object.hasOwn(COMMANDS, only) ? [only] : Object.keys(COMMANDS);
  for (const name of names) (await COMMANDS[name]?.())?.(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
