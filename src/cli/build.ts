import type { Command } from "commander";
import { breakGlassWarning } from "../break-glass/texts.ts";
import { buildBundle } from "../bundle/build-bundle.ts";
import { type Bundle, DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { writeBundle } from "../bundle/write-bundle.ts";
import { DEFAULT_CONFIGURATION } from "../config/configuration.ts";
import { defaultConfiguration } from "../config/default-configuration.ts";
import { readConfiguration } from "../config/read-configuration.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { printable } from "../hook/printable.ts";
import { hooksNotInstalled } from "../install/not-installed.ts";
import { DEFAULT_HOOKS_DIR } from "../install/places.ts";
import { logger } from "../log/logger.ts";
import { displayPath, formatProblem, UserError } from "../user-error.ts";
import { pathOption } from "./path-option.ts";

const EXAMPLE = `
Example:
  $ virt-warden build --config ./virt-warden.yaml --out ./bundle
  no-host-passthrough  enforce  qemu/prepare qemu/migrate
  bundle 3f1c9a7be0d24c55 is in force in ./bundle`;

interface BuildOptions {
  readonly config?: string;
  readonly out: string;
  readonly hooksDir: string;
}

/** Adds the command `build`. */
export function registerBuild(program: Command): void {
  program
    .command("build")
    .description("type-check and bundle the policies, validate their settings, and put the bundle in force")
    .option(
      "--config <file>",
      `the configuration (default: "./virt-warden.yaml", else "${DEFAULT_CONFIGURATION}")`,
      pathOption,
    )
    .option("--out <dir>", "the bundle's folder", pathOption, DEFAULT_BUNDLE)
    .option("--hooks-dir <dir>", "where to look whether the hooks are installed", pathOption, DEFAULT_HOOKS_DIR)
    .addHelpText("after", EXAMPLE)
    .action(async (options: BuildOptions) => {
      process.exitCode = await build(options);
    });
}

/** @returns the exit status. */
async function build({ config, out, hooksDir }: BuildOptions): Promise<number> {
  try {
    const configuration = await readConfiguration(config ?? defaultConfiguration());
    if (config === undefined) console.log(`configuration ${printable(displayPath(configuration.file))}`);
    logger().info({ policies: configuration.policies.length }, "building");
    const bundle = await buildBundle(configuration);
    const version = await writeBundle(bundle, out);
    logger().info({ version, digest: bundle.digest }, "built");
    report(bundle, out);
    const warning = breakGlassWarning(out);
    if (warning !== undefined) console.error(warning);
    warnOfHooks(bundle, out, hooksDir);
    return 0;
  } catch (error) {
    if (error instanceof UserError) console.error(error.message);
    else if (error instanceof EngineFailure) console.error(`virt-warden: cannot build: ${printable(error.message)}`);
    else throw error;
    console.error("virt-warden: nothing was written; the bundle in force is unchanged");
    return 1;
  }
}

function report({ manifest, digest, warnings }: Bundle, out: string): void {
  for (const warning of warnings) {
    console.error(formatProblem({ ...warning, message: `warning: ${warning.message}` }));
  }
  const width = Math.max(...manifest.policies.map(({ name }) => name.length));
  for (const { name, mode, on } of manifest.policies) {
    console.log(`${name.padEnd(width)}  ${mode.padEnd(7)}  ${on.join(" ")}`);
  }
  console.log(`bundle ${digest.slice(0, 16)} is in force in ${printable(out)}`);
}

/** Policies that libvirt never asks refuse nothing, and nothing else would show it. */
function warnOfHooks({ manifest }: Bundle, out: string, hooksDir: string): void {
  for (const hook of hooksNotInstalled(manifest, out, hooksDir)) {
    console.error(
      `virt-warden: warning: policies watch the ${hook} hook, which is not installed: run virt-warden install`,
    );
  }
}
