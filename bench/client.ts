import { readFile } from "node:fs/promises";
import type { Client } from "../src/install/clients.ts";
import { readHookScript } from "../src/install/hook-script.ts";
import type { Site } from "./lab.ts";
import { run } from "./run.ts";

/** How each client says what version it is. */
const QUESTIONS: Readonly<Record<Client, { readonly words: readonly string[]; readonly answer: RegExp }>> = {
  perl: { words: ["-e", "printf '%vd', $^V"], answer: /^(\S+)$/ },
  nc: { words: ["-h"], answer: /^OpenBSD netcat \(.*?([\d.-]+)\)/ },
  ncat: { words: ["--version"], answer: /Version (\S+)/ },
  socat: { words: ["-V"], answer: /socat version (\S+)/ },
};

/** The program that a site's script asks the warm evaluator with, and its version. */
export async function clientOf({ script }: Site, signal: AbortSignal): Promise<string> {
  const client = readHookScript(await readFile(script, "utf8"))?.warm?.client;
  if (client === undefined) return "none: no program was found that the script could ask with";
  const { words, answer } = QUESTIONS[client];
  const { stdout, stderr } = await run({ words: [client, ...words] }, signal);
  return `${client} ${answer.exec(`${stdout}${stderr}`)?.[1] ?? ""}`.trimEnd();
}
