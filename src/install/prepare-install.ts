import { join } from "node:path";
import { launchOf } from "../bundle/launch.ts";
import type { Manifest } from "../bundle/manifest.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { productRoot } from "../product.ts";
import { UserError } from "../user-error.ts";
import { warnAboutFolders } from "./check-folders.ts";
import { checkPaths, warnAboutLauncher, warnAboutSocket } from "./check-paths.ts";
import { chooseClient, type WarmEvaluator } from "./clients.ts";
import { hasHookFolders, libvirtVersion } from "./libvirt-version.ts";
import { type Neighbour, neighboursOf, warnAboutNeighbours } from "./neighbours.ts";
import { HOOKS, type Hook } from "./places.ts";
import { makePlan, type Plan } from "./plan.ts";
import { admissionsOf, decideSamples, type SampleDecision } from "./sample-decision.ts";
import { sampleFailures } from "./sample-failures.ts";

/** The launcher of the virt-warden that runs. */
export const LAUNCHER: string = join(productRoot, "bin/virt-warden");

/** An install that only has to be done. */
export interface PreparedInstall {
  readonly plan: Plan;
  /** Where the scripts ask first; undefined where they ask the launcher alone. */
  readonly warm: WarmEvaluator | undefined;
  /** The hooks that some policy watches. */
  readonly watched: readonly Hook[];
  readonly samples: readonly SampleDecision[];
  /** Others' scripts for the watched hooks. */
  readonly neighbours: readonly Neighbour[];
  readonly warnings: readonly string[];
}

/**
 * Does all the checks of an install, and changes nothing.
 *
 * @param hooksDir absolute, as is the bundle's folder.
 * @param socket the absolute path of a warm evaluator's socket; undefined for none.
 * @throws {UserError} where there is no working bundle, where a sample decision fails, and where others' files are in the way.
 */
export async function prepareInstall(
  hooksDir: string,
  bundleFolder: string,
  socket?: string,
): Promise<PreparedInstall> {
  checkPaths({ hooksDir, bundle: bundleFolder, launcher: LAUNCHER, socket });
  const client = socket === undefined ? undefined : chooseClient();
  const warm = socket === undefined || client === undefined ? undefined : { socket, client };
  const bundle = await readBundle(bundleFolder);
  const { watch } = launchOf(bundle.manifest, bundle.digest);
  const watched = HOOKS.filter((hook) => watch.some((event) => event.startsWith(`${hook}/`)));
  const version = libvirtVersion();
  const hasFolders = hasHookFolders(version);
  const plan = makePlan({
    hooksDir,
    launcher: LAUNCHER,
    bundle: bundleFolder,
    hooks: HOOKS.filter((hook) => hook === "daemon" || watched.includes(hook)),
    hasFolders,
    ...(warm && { warm }),
  });
  const samples = await decideSamples(bundle, admissionsOf(watch));
  refuseFailed(samples, bundle.manifest, bundleFolder);
  const neighbours = watched.map((hook) => {
    // where libvirt runs one script, that is ours
    const found = hasFolders ? neighboursOf(hooksDir, hook) : [];
    return { hook, found: found.filter(({ path }) => !plan.removes.includes(path)) };
  });
  const warnings = [
    ...(version === undefined ? [UNKNOWN_VERSION] : []),
    ...(watch.length === 0 ? ["no policy watches any event: nothing will be refused"] : []),
    ...warnAboutLauncher(LAUNCHER),
    ...(warm === undefined ? [] : warnAboutSocket(warm.socket)),
    ...(socket !== undefined && client === undefined ? [NO_CLIENT] : []),
    ...warnAboutFolders(plan),
    ...warnAboutLayers(samples),
    ...neighbours.flatMap(({ hook, found }) => warnAboutNeighbours(hook, found, watch)),
  ];
  return { plan, warm, watched, samples, neighbours: neighbours.flatMap(({ found }) => found), warnings };
}

const UNKNOWN_VERSION =
  "cannot tell libvirt's version, since no daemon of it and no virsh is here: its scripts' folders, such as qemu.d, need 6.5 or newer";

const NO_CLIENT =
  "nothing here can ask a warm evaluator, so each decision starts one: install perl, netcat-openbsd, socat or ncat, then install again";

/** A bundle that cannot decide the simplest case would stop every start. */
function refuseFailed(samples: readonly SampleDecision[], manifest: Manifest, bundleFolder: string): void {
  const problems = samples.flatMap(({ event, decision }) => {
    const reasons = sampleFailures(decision, manifest);
    const message = `a sample decision at ${event} failed, so every one would be refused: ${reasons.join("; ")}`;
    return reasons.length === 0 ? [] : [{ file: bundleFolder, message }];
  });
  if (problems.length > 0) throw new UserError(problems);
}

function warnAboutLayers(samples: readonly SampleDecision[]): readonly string[] {
  const skipped = new Set(samples.flatMap(({ decision }) => decision.skippedLayers ?? []));
  if (skipped.size === 0) return [];
  return [
    `this host could not give all layers of the wall around policies: ${[...skipped].join(", ")}; see virt-warden doctor`,
  ];
}
