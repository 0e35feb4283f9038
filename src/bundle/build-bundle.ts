import { relative } from "node:path";
import type { Configuration, Rule } from "../config/configuration.ts";
import { describePolicies } from "../sandbox/describe.ts";
import { type Problem, UserError } from "../user-error.ts";
import type { Bundle } from "./bundle.ts";
import { type BundledCode, bundlePolicies } from "./bundle-policies.ts";
import { checkNames } from "./check-names.ts";
import { checkTypes } from "./check-types.ts";
import { describeProblems } from "./describe-problems.ts";
import { sha256 } from "./digest.ts";
import { eventWarnings } from "./event-warnings.ts";
import { expiredExemptions } from "./expired-exemptions.ts";
import { type Exemption, MANIFEST_FORMAT, type Manifest, type ManifestPolicy } from "./manifest.ts";
import { distinct, withoutEchoes } from "./problem-list.ts";

/** What a build is made with. */
interface BuildOptions {
  /** Learns what policies are by running them behind the wall. */
  readonly describe?: typeof describePolicies;
  /** The time of the build: which exemptions have expired. */
  readonly now?: Date;
}

/**
 * Makes policies and their configuration a bundle, in memory: bundles the code, checks its types, asks every policy behind the
 * wall what it is, and validates its settings.
 *
 * @throws {UserError} with every problem found, each at its file and line.
 */
export async function buildBundle(configuration: Configuration, options: BuildOptions = {}): Promise<Bundle> {
  const { policies: files, folder, limits, rules } = configuration;
  const [bundled, typeProblems] = await Promise.all([bundlePolicies(files, folder), checkTypes(files, folder)]);
  refuse(withoutEchoes(bundled.problems, typeProblems));

  const { describe = describePolicies, now = new Date() } = options;
  const { code, slices } = bundled;
  const settings = settingsByName(rules);
  const descriptions = await describe({ code, policies: slices, settings, limits });
  refuse([
    ...descriptions.flatMap((description) => describeProblems(description, configuration)),
    ...(await checkNames(descriptions, configuration)),
  ]);

  const described = new Map(descriptions.map((description) => [description.file, description]));
  const policies = slices.map(({ file, offset, length }): ManifestPolicy => {
    const description = described.get(file);
    if (description?.ok !== true) throw new Error(`Cannot build the bundle: ${file} was not described`);
    const { name, description: summary, on, needs, whenRunning, rewrites, settings } = description;
    const rule = rules.find(({ policy }) => policy === name);
    return {
      name,
      ...(summary === undefined ? {} : { description: summary }),
      on,
      needs,
      ...(whenRunning === undefined ? {} : { whenRunning }),
      rewrites,
      file: relative(folder, file),
      offset,
      length,
      mode: rule?.mode ?? "enforce",
      onError: rule?.onError ?? "deny",
      settings,
      exempt: (rule?.exempt ?? []).map(({ position: _, ...exemption }): Exemption => exemption),
    };
  });
  const warnings = [
    ...bundled.warnings,
    ...(await eventWarnings(policies, code, folder)),
    ...expiredExemptions(configuration, now),
  ];
  return assemble(configuration, bundled, policies, distinct(warnings));
}

function assemble(
  { limits, log }: Configuration,
  { code }: BundledCode,
  policies: ManifestPolicy[],
  warnings: Problem[],
): Bundle {
  const codePart = { bytes: code.length, sha256: sha256(code) };
  const manifest: Manifest = { format: MANIFEST_FORMAT, policies, limits, log, code: codePart };
  const manifestText = `${JSON.stringify(manifest, undefined, 2)}\n`;
  return { manifest, code, manifestText, digest: sha256(manifestText), warnings };
}

/** Without a prototype: a policy may be named `constructor`. */
function settingsByName(rules: readonly Rule[]): Record<string, unknown> {
  const settings: Record<string, unknown> = Object.create(null);
  for (const { policy, settings: configured } of rules) {
    if (configured !== undefined) settings[policy] = configured;
  }
  return settings;
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new UserError(distinct(problems));
}
