import { existsSync, lstatSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildBundle } from "../bundle/build-bundle.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { DEFAULT_CONFIGURATION } from "../config/configuration.ts";
import { readConfiguration } from "../config/read-configuration.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { UserError } from "../user-error.ts";
import { buildCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { fault, ok, type Row, skipped, warning } from "./row.ts";

const CHECK = "sources";

/**
 * Whether the bundle is what its sources would give now: they are built in memory. A bundle that is older than what was
 * written since does not enforce that; one that only differs may come from another version of virt-warden.
 */
export async function checkSources(bundle: Bundle, places: Pick<Places, "bundle" | "config">): Promise<readonly Row[]> {
  const { config } = places;
  if (config === DEFAULT_CONFIGURATION && !existsSync(config)) {
    const detail = `there is no ${config} to compare the bundle with; name another configuration with --config`;
    return [skipped(CHECK, detail)];
  }
  const build = buildCommand(places);
  let newer: string | undefined;
  try {
    const configuration = await readConfiguration(config);
    newer = newerThan(builtAt(places.bundle), [configuration.file, ...configuration.policies]);
    const { digest } = await buildBundle(configuration);
    if (digest === bundle.digest) return [ok(CHECK, `the bundle is what ${config} gives now`)];
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof EngineFailure)) throw error;
    const [problem] = error.message.split("\n");
    const detail = `the sources do not build, so what they say is not in force: ${problem}`;
    const mend = `mend them, then ${build}`;
    return [newer === undefined ? warning(CHECK, detail, mend) : fault(CHECK, detail, mend)];
  }
  if (newer !== undefined) {
    return [fault(CHECK, `the bundle is older than ${newer}, and not what that gives now`, build)];
  }
  const detail = `the bundle is not what ${config} gives now: it comes from elsewhere, or from another version`;
  return [warning(CHECK, detail, build)];
}

/** When a bundle came into force, in milliseconds since 1970: its link was set then. */
function builtAt(dir: string): number {
  return lstatSync(join(resolve(dir), "current")).mtimeMs;
}

/** The newest of files that is newer than a time. */
function newerThan(time: number, files: readonly string[]): string | undefined {
  const dated = files.map((file) => ({ file, time: statSync(file).mtimeMs })).filter((each) => each.time > time);
  return dated.sort((one, other) => other.time - one.time)[0]?.file;
}
