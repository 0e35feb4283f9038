import { join } from "node:path";
import { buildBundle } from "../../src/bundle/build-bundle.ts";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { readConfiguration } from "../../src/config/read-configuration.ts";
import { makeFolder } from "../support/folder.ts";
import { problemsOf } from "../support/problems.ts";

/** The source of a policy that allows everything, its name in line 3. */
export function policy(name: string, more = ""): string {
  return `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "${name}",${more}
  check() {},
});
`;
}

/** Builds the bundle of a folder's virt-warden.yaml. */
export async function buildFolder(folder: string, now = new Date()): Promise<Bundle> {
  return buildBundle(await readConfiguration(join(folder, "virt-warden.yaml")), { now });
}

/** Builds these files; an empty configuration unless they have one. */
export async function buildFiles(files: Readonly<Record<string, string>>, now?: Date): Promise<Bundle> {
  return buildFolder(await makeFolder({ "virt-warden.yaml": "", ...files }), now);
}

/** What is wrong with these files: `file:line:column: message`. */
export async function buildProblems(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await makeFolder({ "virt-warden.yaml": "", ...files });
  const lines = await problemsOf(buildFolder(folder), folder);
  return lines.map((line) => line.replaceAll(folder, "FOLDER"));
}
