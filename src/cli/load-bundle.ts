import type { Command } from "commander";
import { breakGlassWarning } from "../break-glass/texts.ts";
import { buildBundle } from "../bundle/build-bundle.ts";
import { type Bundle, DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { readConfiguration } from "../config/read-configuration.ts";

/** Where the policies of a command come from; at most one of both. */
export interface BundleOptions {
  readonly bundle?: string;
  readonly config?: string;
}

/** Adds the two options. */
export function bundleOptions(command: Command): Command {
  return command
    .option("--bundle <dir>", `the bundle that virt-warden build wrote (default: "${DEFAULT_BUNDLE}")`)
    .option("--config <file>", "build from a configuration, in memory");
}

/** Ends the program for wrong usage where both are given. */
export function checkBundleOptions({ bundle, config }: BundleOptions, command: Command): void {
  if (bundle !== undefined && config !== undefined) command.error("error: --bundle and --config exclude each other");
}

/**
 * Reads a bundle, or builds one in memory. Policies keep their own modes: break-glass is only warned of, on stderr.
 *
 * @throws {UserError} what the user has to put right.
 */
export async function loadBundle({ bundle, config }: BundleOptions): Promise<Bundle> {
  if (config !== undefined) return buildBundle(await readConfiguration(config));
  const dir = bundle ?? DEFAULT_BUNDLE;
  const warning = breakGlassWarning(dir);
  if (warning !== undefined) console.error(warning);
  return readBundle(dir);
}
