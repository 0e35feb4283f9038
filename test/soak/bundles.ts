import { join } from "node:path";
import { buildBundle } from "../../src/bundle/build-bundle.ts";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { readConfiguration } from "../../src/config/read-configuration.ts";
import { deriveBundle } from "../hostile/derive-bundle.ts";
import { makeFolder } from "../support/folder.ts";
import type { Member } from "./compose.ts";
import { BAD, COSTLY, GOOD, sourceOf } from "./pool.ts";

/** What a policy may take, in this many milliseconds: little, since many here take all of it. */
const TIME = 250;

const CONFIGURATION = `limits: { time: ${TIME}ms, memory: 16MiB, deadline: 10s }\n`;

/** Builds every policy of the pool into one bundle. */
export async function buildPool(): Promise<Bundle> {
  const sources = [...GOOD, ...BAD, ...COSTLY].map((policy) => [`policies/${policy.name}.ts`, sourceOf(policy)]);
  const folder = await makeFolder({ "virt-warden.yaml": CONFIGURATION, ...Object.fromEntries(sources) });
  return buildBundle(await readConfiguration(join(folder, "virt-warden.yaml")));
}

/**
 * A bundle of some of the pool's policies, each with rules of its own.
 *
 * @param log The decision log's path.
 */
export function bundleOf(pool: Bundle, members: readonly Member[], log: string): Bundle {
  const policies = members.map(({ policy: { name }, mode, onError, exempt, on }) => {
    const built = pool.manifest.policies.find((policy) => policy.name === name);
    if (built === undefined) throw new Error(`Cannot compose a bundle: the pool has no policy ${name}`);
    return { ...built, mode, onError, exempt, on };
  });
  const names = policies.map(({ name }) => name);
  return deriveBundle({ ...pool, manifest: { ...pool.manifest, policies } }, names, log);
}
