import { basename } from "node:path";
import { buildBundle } from "../../src/bundle/build-bundle.ts";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { describeProblems } from "../../src/bundle/describe-problems.ts";
import { type DescribeRequest, type Description, describePolicies } from "../../src/sandbox/describe.ts";
import { UserError } from "../../src/user-error.ts";
import type { Collection } from "./read-collection.ts";

/** All policies that can be bundled, in one bundle, with what their build was asked. */
export interface BuiltCollection {
  readonly bundle: Bundle;
  readonly request: DescribeRequest;
}

/**
 * Bundles and type-checks the collection once. What behaves while it is built is described as in any build; what does
 * not gets into the bundle as it would had it behaved.
 */
export async function buildCollection({ configuration, policies }: Collection): Promise<BuiltCollection> {
  const unbundled = new Set(policies.filter(({ atBuild }) => atBuild.includes("refused")).map(({ file }) => file));
  const hostile = new Set(policies.filter(({ atBuild }) => atBuild.length > 0).map(({ file }) => file));
  const files = configuration.policies.filter((file) => !unbundled.has(file));
  let request: DescribeRequest | undefined;
  const bundle = await buildBundle(
    { ...configuration, policies: files },
    {
      describe: async (asked) => {
        request = asked;
        const behaving = asked.policies.filter(({ file }) => !hostile.has(file));
        const described = await describePolicies({ ...asked, policies: behaving });
        const problems = described.flatMap((each) => describeProblems(each, configuration));
        if (problems.length > 0) throw new UserError(problems);
        return asked.policies.map(({ file }) => described.find((each) => each.file === file) ?? assumed(file));
      },
    },
  );
  if (request === undefined) throw new Error("Cannot build the collection: nothing was described");
  return { bundle, request };
}

function assumed(file: string): Description {
  const name = basename(file, ".ts");
  return { file, ok: true, name, on: ["qemu/prepare", "qemu/migrate"], needs: [], rewrites: false, settings: {} };
}
