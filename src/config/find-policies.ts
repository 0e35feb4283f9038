import { glob, stat } from "node:fs/promises";
import { basename, relative, resolve } from "node:path";
import { isScalar, type Node } from "yaml";
import type { YamlFile } from "./yaml-file.ts";

/** Where policies are unless `policies` says so. */
const DEFAULT_PATTERN = "policies/*.ts";

/**
 * Finds the files that `policies` names.
 *
 * @param node the value of `policies`; undefined for the default pattern.
 * @param place what a message about the whole list points at.
 * @returns absolute paths, sorted, each once.
 */
export async function findPolicies(
  yaml: YamlFile,
  node: Node | undefined,
  place: Node | undefined,
  folder: string,
): Promise<string[]> {
  const noted = yaml.problems.length;
  const patterns = node === undefined ? [{ pattern: DEFAULT_PATTERN, at: place }] : readPatterns(yaml, node);
  const found = new Set<string>();
  for (const { pattern, at } of patterns) {
    const files = await match(yaml, pattern, at, folder);
    for (const file of files) found.add(file);
    // a pattern may find nothing beside others that do; a name may not
    if (files.length === 0 && !/[*?[{]/.test(pattern)) {
      yaml.problem(at, `no policy found: there is no policy file ${pattern} in ${folder}`);
    }
  }
  if (found.size === 0 && yaml.problems.length === noted) {
    const tried = patterns.map(({ pattern }) => pattern).join(", ") || "an empty list";
    yaml.problem(place, `no policy found: ${tried} matches no policy file in ${folder}`);
  }
  return [...found].sort();
}

interface Pattern {
  readonly pattern: string;
  readonly at: Node | undefined;
}

function readPatterns(yaml: YamlFile, node: Node): Pattern[] {
  return yaml.sequence(node, "policies").flatMap((item) => {
    const pattern = isScalar(item) ? item.value : undefined;
    if (typeof pattern === "string" && /^[^!\0][^\0]*$/.test(pattern)) return [{ pattern, at: item }];
    yaml.problem(item, "policies must be a list of glob patterns, such as policies/*.ts; none begins with !");
    return [];
  });
}

async function match(yaml: YamlFile, pattern: string, at: Node | undefined, folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const path of glob(pattern, { cwd: folder })) {
    const file = resolve(folder, path);
    const name = basename(file);
    if (name.startsWith(".") || /(?:^|\/)node_modules\//.test(relative(folder, file))) continue;
    if (/\.d\.ts$|\.test\.ts$/.test(name)) continue;
    if (/\.(?:[cm]?jsx?|[cm]ts|tsx)$/.test(name)) {
      yaml.problem(at, `${pattern} matches ${path}, which is not a policy: policies are TypeScript files named *.ts`);
    } else if (name.endsWith(".ts") && (await isFile(yaml, file, at))) files.push(file);
  }
  return files;
}

async function isFile(yaml: YamlFile, file: string, at: Node | undefined): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    yaml.problem(at, `cannot read ${file}: ${(error as Error).message}`);
    return false;
  }
}
