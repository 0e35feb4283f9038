import { resolve } from "node:path";
import type { Command } from "commander";
import { DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { DEFAULT_CONFIGURATION } from "../config/configuration.ts";
import { diagnose } from "../doctor/diagnose.ts";
import { formatTable } from "../doctor/format-table.ts";
import { HOST } from "../doctor/places.ts";
import { libvirtVersion } from "../install/libvirt-version.ts";
import { DEFAULT_HOOKS_DIR } from "../install/places.ts";
import { jsonText } from "../log/json-text.ts";
import { pathOption } from "./path-option.ts";

interface DoctorOptions {
  readonly hooksDir: string;
  readonly bundle: string;
  readonly config: string;
  readonly json?: true;
}

const EXAMPLE = `
Exit status: 0 enforcement is in force, perhaps with warnings; 1 it is not, or
not all could be checked, as only root can; 64 wrong usage.

It calls the installed scripts with a sample each, as libvirt would: the
decision log shows them as virt-warden-doctor.

Example:
  $ virt-warden doctor
  hook qemu  fault  not seen by libvirtd (812) since it was installed
    mend: systemctl reload libvirtd

  enforcement is NOT in force: 1 fault`;

/** Adds the command `doctor`. */
export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("check whether enforcement is in force on this host, and say what mends it")
    .option("--hooks-dir <dir>", "libvirt's folder of hooks", pathOption, DEFAULT_HOOKS_DIR)
    .option("--bundle <dir>", "the bundle that should be in force", pathOption, DEFAULT_BUNDLE)
    .option("--config <file>", "the configuration that it should come from", pathOption, DEFAULT_CONFIGURATION)
    .option("--json", "one JSON object")
    .addHelpText("after", EXAMPLE)
    .action(async ({ hooksDir, bundle, config, json }: DoctorOptions) => {
      const places = { ...HOST, hooksDir: resolve(hooksDir), bundle: resolve(bundle), config: resolve(config) };
      const isRoot = process.getuid?.() === 0;
      const diagnosis = await diagnose(places, { version: libvirtVersion(), isRoot, now: new Date() });
      process.stdout.write(`${json ? jsonText(diagnosis) : formatTable(diagnosis)}\n`);
      process.exitCode = diagnosis.enforcing ? 0 : 1;
    });
}
