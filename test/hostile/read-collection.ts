import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Configuration } from "../../src/config/configuration.ts";
import { readConfiguration } from "../../src/config/read-configuration.ts";
import type { HostilePolicy } from "./attempt.ts";
import { parseHeader } from "./parse-header.ts";

/** The folder of the two policies that every hostile one is judged beside. */
const HONEST = "honest";

/** The hostile policies with their configuration. */
export interface Collection {
  readonly configuration: Configuration;
  readonly policies: readonly HostilePolicy[];
  /** The two files that only deny what they should; one sorts before, one after all others. */
  readonly honest: readonly [first: string, last: string];
}

const FOLDER = fileURLToPath(new URL("policies", import.meta.url));

/** Reads `policies/`: `<group>/<name>.ts` for each policy, and `virt-warden.yaml`. */
export async function readCollection(): Promise<Collection> {
  const configuration = await readConfiguration(join(FOLDER, "virt-warden.yaml"));
  const isHonest = (file: string) => basename(dirname(file)) === HONEST;
  const [first, last] = configuration.policies.filter(isHonest);
  if (first === undefined || last === undefined)
    throw new Error(`Cannot read ${FOLDER}: two honest policies are needed`);
  const policies = configuration.policies.filter((file) => !isHonest(file)).map(readPolicy);
  return { configuration, policies, honest: [first, last] };
}

function readPolicy(file: string): HostilePolicy {
  const group = basename(dirname(file));
  return { group, name: basename(file, ".ts"), file, ...parseHeader(readFileSync(file, "utf8"), file) };
}
