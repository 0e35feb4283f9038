import type { Limits } from "../bundle/manifest.ts";
import { codeOfSlice, mapOfSlice } from "../bundle/policy-slice.ts";
import type { Failure } from "../engine/decision.ts";
import { jsonText } from "../log/json-text.ts";
import type { Description } from "./describe.ts";
import { explainStop } from "./explain-stop.ts";
import { type GuestDescription, readGuestDescription } from "./guest-description.ts";
import { mapStack } from "./map-stack.ts";
import { POLICY_FILENAME } from "./policy-filename.ts";
import { readDefinition } from "./read-definition.ts";
import type { PolicyRunner } from "./runner.ts";

/** What all descriptions together may take, in bytes of JSON: a record ends at 4 MiB. */
const MAX_DESCRIPTIONS = 3 * 1024 * 1024;

/** What the evaluator reads in place of a manifest when it describes policies. */
export interface DescribeInput {
  readonly policies: readonly { readonly file: string; readonly offset: number; readonly length: number }[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
}

/**
 * Loads every policy of a bundle in the making, in the sandbox, and tells what it says of itself.
 *
 * @param suspect The place in the list of the policy that runs first, since an earlier process died while it ran.
 * @param failed Policies that ended an earlier process, by their place in the list.
 */
export async function describeAll(
  input: DescribeInput,
  code: Uint8Array,
  runner: PolicyRunner,
  suspect: string,
  failed: ReadonlyMap<string, Pick<Failure, "kind" | "message">>,
): Promise<readonly Description[]> {
  const descriptions: Description[] = [];
  let room = MAX_DESCRIPTIONS;
  const settings = JSON.stringify(input.settings);
  const isLater = ([index]: readonly [number, unknown]): number => (String(index) === suspect ? 0 : 1);
  const inOrder = [...input.policies.entries()].toSorted((a, b) => isLater(a) - isLater(b));
  for (const [index, { file, offset, length }] of inOrder) {
    const earlier = failed.get(String(index));
    if (earlier !== undefined) {
      descriptions[index] = { file, ok: false, code: earlier.kind, message: earlier.message };
      continue;
    }
    const slice = code.subarray(offset, offset + length);
    const call = {
      command: "describe",
      code: codeOfSlice(slice),
      inputs: [settings],
    } as const;
    // a file's name may hold anything, the record's lines may not
    const result = await runner.run(String(index), call);
    if (!result.ok) {
      descriptions[index] = { file, ok: false, code: result.kind, message: explainStop(result, input.limits) };
      continue;
    }
    const found = readGuestDescription(result.text);
    const description: Description =
      found === undefined
        ? { file, ok: false, code: "invalid", message: "its description could not be read" }
        : { ...check(file, found, input.settings), ...placeOf(found, slice) };
    const size = Buffer.byteLength(jsonText(description));
    descriptions[index] = size <= room ? description : { file, ok: false, code: "invalid", message: NO_ROOM };
    if (size <= room) room -= size;
  }
  return descriptions;
}

const NO_ROOM = `with the policies before it, its settings take more than ${MAX_DESCRIPTIONS / 1024 / 1024} MiB`;

/** Where a policy threw: in a file of the user's own, where the exception passed through one. */
function placeOf(found: GuestDescription, slice: Uint8Array): Pick<Extract<Description, { ok: false }>, "place"> {
  if (found.ok || found.code !== "exception") return {};
  const frames = mapStack(found, POLICY_FILENAME, () => mapOfSlice(slice));
  const frame = frames.find(({ source }) => !source.startsWith("virt-warden/"));
  return frame === undefined ? {} : { place: { source: frame.source, line: frame.line, column: frame.column } };
}

function check(file: string, found: GuestDescription, configured: Readonly<Record<string, unknown>>): Description {
  const name = typeof found.name === "string" ? { name: found.name } : {};
  if (!found.ok) return { file, ok: false, code: found.code, message: found.message, ...name };
  const definition = readDefinition(found);
  if (typeof definition === "string") return { file, ok: false, code: "invalid", message: definition, ...name };
  if (found.issues !== undefined) {
    const message = `settings of ${definition.name} are not valid`;
    return { file, ok: false, code: "settings", message, name: definition.name, issues: found.issues };
  }
  if (!found.schema && hasSettings(configured, definition.name)) {
    const issues = [{ message: `policy ${definition.name} has no settings; remove these`, path: [] }];
    return { file, ok: false, code: "settings", message: "settings without a schema", name: definition.name, issues };
  }
  return { file, ok: true, ...definition, settings: found.settings };
}

function hasSettings(configured: Readonly<Record<string, unknown>>, name: string): boolean {
  if (!Object.hasOwn(configured, name)) return false;
  const settings = configured[name];
  return typeof settings !== "object" || settings === null || Object.keys(settings).length > 0;
}
