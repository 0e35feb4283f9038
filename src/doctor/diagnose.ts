import type { Event } from "../../typings/events.d.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { launchOf } from "../bundle/launch.ts";
import { isEvent } from "../hook/events.ts";
import { findDaemons } from "../install/find-daemons.ts";
import { hasHookFolders, type LibvirtVersion } from "../install/libvirt-version.ts";
import { checkAppArmor } from "./check-apparmor.ts";
import { checkBreakGlass } from "./check-break-glass.ts";
import { checkBundle } from "./check-bundle.ts";
import { checkDecision, sampleEvent } from "./check-decision.ts";
import { type CheckedHook, checkHooks } from "./check-hooks.ts";
import { checkLayers } from "./check-layers.ts";
import { checkDaemons, checkVersion } from "./check-libvirt.ts";
import { checkLog } from "./check-log.ts";
import { checkPrograms } from "./check-programs.ts";
import { checkRules } from "./check-rules.ts";
import { checkSelinux } from "./check-selinux.ts";
import { checkSources } from "./check-sources.ts";
import { checkUser } from "./check-user.ts";
import { checkWarm } from "./check-warm.ts";
import { buildCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { ok, type Row, skipped } from "./row.ts";

/** What is known of a host beside its files. */
export interface Circumstances {
  readonly version: LibvirtVersion | undefined;
  readonly isRoot: boolean;
  readonly now: Date;
}

/** What all checks found. */
export interface Diagnosis {
  /** Whether guests are judged: no check found a fault, and none was left out for want of root. */
  readonly enforcing: boolean;
  readonly checks: readonly Row[];
}

/** Checks a host. Nothing of it changes, but the decision log has lines about the samples. */
export async function diagnose(places: Places, { version, isRoot, now }: Circumstances): Promise<Diagnosis> {
  const daemons = findDaemons(places);
  const { rows: bundleRows, bundle } = await checkBundle(places, isRoot);
  const watch = bundle && launchOf(bundle.manifest, bundle.digest).watch.filter(isEvent);
  const hasFolders = hasHookFolders(version);
  const hooks = checkHooks(places, { watch, hasFolders, daemons, isRoot });
  const scripts = hooks.filter(({ isOurs }) => isOurs).map(({ file }) => file);
  const checks = [
    ...(isRoot ? [] : [skipped("root", "some checks need root: run virt-warden doctor as root")]),
    ...checkVersion(version),
    ...checkDaemons(daemons, places, isRoot),
    ...bundleRows,
    ...(bundle ? await checkSources(bundle, places) : []),
    ...(bundle ? checkRules(bundle.manifest, places, now) : []),
    ...(bundle ? checkBreakGlass(places) : []),
    ...hooks.flatMap(({ rows }) => rows),
    ...(await checkWarm(scripts, bundle?.digest, places, isRoot)),
    ...checkUser(places),
    ...checkPrograms(places),
    ...checkLayers(places, isRoot),
    ...checkAppArmor(scripts, places),
    ...checkSelinux(scripts, places),
    ...(bundle ? checkLog(bundle.manifest.log, places, isRoot) : []),
    ...(bundle && watch ? await checkDecisions(hooks, bundle, watch, isRoot, buildCommand(places)) : []),
  ];
  return { enforcing: isRoot && checks.every(({ status }) => status !== "fault"), checks };
}

/** One decision a hook. A script that is not as it should be is not called: doctor is root, and it might be anybody's. */
async function checkDecisions(
  hooks: readonly CheckedHook[],
  { manifest }: Bundle,
  watch: readonly Event[],
  isRoot: boolean,
  build: string,
): Promise<readonly Row[]> {
  if (!isRoot) return [skipped("decision", "only root can call the scripts as libvirt does")];
  const rows: Row[] = [];
  for (const { hook, file, isSound } of hooks) {
    const event = sampleEvent(hook, watch);
    if (event === undefined) continue;
    rows.push(
      isSound
        ? await checkDecision(event, file, manifest.limits.deadline, build)
        : skipped("decision", `none at ${event} until the script is mended`),
    );
  }
  return rows.length > 0 ? rows : [ok("decision", "no policy watches an event that admits something")];
}
