import { isMap, isScalar, isSeq, type Node, visit } from "yaml";
import type { Position } from "./configuration.ts";
import type { Entry, YamlFile } from "./yaml-file.ts";

/** Reads a rule's `settings`: what JSON can hold, exactly. */
export function readSettings(
  yaml: YamlFile,
  node: Node | undefined,
  what: string,
): Record<string, unknown> | undefined {
  if (node === undefined) return undefined;
  yaml.mapping(node, what);
  if (!isMap(node)) return undefined;
  const noted = yaml.problems.length;
  visit(node, {
    Scalar: (_key, scalar) => {
      const { value, source } = scalar;
      if (typeof value !== "number") return;
      if (!Number.isFinite(value)) yaml.problem(scalar, `${what}: ${source} is not a number that JSON can hold`);
      else if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        yaml.problem(scalar, `${what}: ${source} is too large to be exact: write it in quotes`);
      }
    },
  });
  return yaml.problems.length > noted ? undefined : readData(yaml, node, what);
}

function readData(yaml: YamlFile, node: Node, what: string): Record<string, unknown> | undefined {
  try {
    const data = yaml.data(node) as Record<string, unknown>;
    // aliases can make a value hold itself
    JSON.stringify(data);
    return data;
  } catch (error) {
    yaml.problem(node, `${what} cannot be read: ${(error as Error).message.replace(/\s+/g, " ")}`);
    return undefined;
  }
}

/** Where the value at a path inside the settings stands: at its key, or at the nearest part around it that is there. */
export function locateSetting(
  yaml: YamlFile,
  rule: Node,
  settings: Entry | undefined,
  path: readonly (string | number)[],
): Position {
  let place: Node = settings?.key ?? rule;
  let node = settings?.value;
  for (const step of path) {
    const entry = child(yaml, node, step);
    if (entry === undefined) break;
    [place, node] = [entry.key, entry.value];
  }
  return yaml.position(place);
}

function child(
  yaml: YamlFile,
  node: Node | undefined,
  step: string | number,
): Pick<Entry, "key" | "value"> | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair && { key: pair.key as Node, value: yaml.resolve(pair.value) };
  }
  const item = isSeq(node) ? (node.items[Number(step)] as Node | undefined) : undefined;
  return item && { key: item, value: yaml.resolve(item) };
}
