import type { Bundle } from "../../src/bundle/bundle.ts";
import { codeOfSlice } from "../../src/bundle/policy-slice.ts";
import { readDocument } from "../../src/engine/read-document.ts";
import { hookWords, readInvocation } from "../../src/hook/invocation.ts";
import { HONEST } from "../../test/hostile/judge-beside-honest.ts";
import { GUEST } from "../../test/support/launcher.ts";
import type { Job } from "./job.ts";

const MIB = 2 ** 20;

/** A guest's start, judged by a policy between the two honest ones, which both deny it; with the bundle's limits. */
export function makeJob({ manifest, code }: Bundle, name: string): Job {
  const policies = [HONEST[0], name, HONEST[1]].map((each) => {
    const slice = manifest.policies.find((policy) => policy.name === each);
    if (slice === undefined) throw new Error(`Cannot judge by ${each}: it is not in the bundle`);
    return { name: each, code: codeOfSlice(code.subarray(slice.offset, slice.offset + slice.length)) };
  });
  const { time, memory } = manifest.limits;
  return { policies, context: context(), time, memory: memory / MIB };
}

/** What the product gives a policy, but for the functions. */
function context(): Job["context"] {
  const [hook = "", , ...rest] = hookWords("qemu/prepare") ?? [];
  const invocation = readInvocation([hook, "web1", ...rest]);
  const { model, xml } = readDocument(invocation, Buffer.from(GUEST)).view;
  const { event, object, operation, suboperation, extra } = invocation;
  const host = { hostname: "host1", cpus: 2, memory: 2 ** 32 };
  const all = {
    event,
    hook,
    object,
    operation,
    suboperation,
    extra,
    host,
    settings: {},
    ...model,
    xml: JSON.parse(xml),
  };
  // without members that are undefined, as the product's context crosses into its sandbox
  return JSON.parse(JSON.stringify(all)) as Job["context"];
}
