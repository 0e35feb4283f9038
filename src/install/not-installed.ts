import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { launchOf } from "../bundle/launch.ts";
import type { Manifest } from "../bundle/manifest.ts";
import { runningDaemons } from "./daemons.ts";
import { findScripts } from "./installed-scripts.ts";
import { HOOKS, type Hook } from "./places.ts";

/**
 * The hooks that a bundle's policies watch and that libvirt does not ask virt-warden at, although this bundle is meant to
 * be in force: others of its hooks are installed, or it lies at the default place of a host with libvirt.
 *
 * @param bundle the bundle's folder.
 */
export function hooksNotInstalled(manifest: Manifest, bundle: string, hooksDir: string): readonly Hook[] {
  const { watch } = launchOf(manifest, "");
  const watched = HOOKS.filter((hook) => watch.some((event) => event.startsWith(`${hook}/`)));
  const ours = findScripts(hooksDir).filter(({ isOurs }) => isOurs);
  const installed = ours.filter(({ script }) => script?.bundle === resolve(bundle)).map(({ hook }) => hook);
  const isNewHost = ours.length === 0 && resolve(bundle) === DEFAULT_BUNDLE && hasLibvirt(hooksDir);
  if (installed.length === 0 && !isNewHost) return [];
  return watched.filter((hook) => !installed.includes(hook));
}

function hasLibvirt(hooksDir: string): boolean {
  return existsSync(hooksDir) || runningDaemons().length > 0;
}
