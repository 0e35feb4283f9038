import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildBundle } from "../../src/bundle/build-bundle.ts";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { readConfiguration } from "../../src/config/read-configuration.ts";
import type { Decision } from "../../src/engine/decision.ts";
import { hookWords } from "../../src/hook/invocation.ts";
import { evaluateDocument } from "../../src/sandbox/evaluate.ts";
import type { Event } from "../../typings/events.d.ts";
import { makeFolder } from "./folder.ts";

/** Decides a document by the real engine, in the real sandbox; at `qemu/prepare` unless another event is named. */
export type Judge = (document: string, event?: Event) => Promise<Decision>;

/** Judges by a bundle. */
export function judgeBy(bundle: Bundle): Judge {
  return (document, event = "qemu/prepare") =>
    evaluateDocument(bundle, hookWords(event) ?? [], Buffer.from(document, "utf8"));
}

/** Builds the bundle of one policy file. */
export async function bundleOf(policy: URL, rules: Readonly<Record<string, object>> = {}): Promise<Bundle> {
  const configuration = { policies: [fileURLToPath(policy)], rules };
  // JSON is YAML
  const folder = await makeFolder({ "virt-warden.yaml": JSON.stringify(configuration) });
  return buildBundle(await readConfiguration(join(folder, "virt-warden.yaml")));
}

/** Judges by one policy file, with these settings. */
export async function judgeWith(policy: URL, name: string, settings?: object): Promise<Judge> {
  return judgeBy(await bundleOf(policy, settings === undefined ? {} : { [name]: { settings } }));
}

/** What a decision found, as `[level, reason, at]`. */
export function findingsOf({ findings }: Decision): (string | undefined)[][] {
  return findings.map(({ level, reason, at }) => [level, reason, at]);
}
