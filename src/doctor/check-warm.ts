import { readFileSync } from "node:fs";
import { clientProblem, type WarmEvaluator } from "../install/clients.ts";
import { entryAt } from "../install/entry-at.ts";
import { readHookScript } from "../install/hook-script.ts";
import { SAMPLE_NAME, sampleDocument } from "../install/sample-documents.ts";
import { ask } from "../service/ask.ts";
import { checkSocket } from "./check-socket.ts";
import { installCommand, serveCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { ok, type Row, skipped, warning } from "./row.ts";
import { readState, usersBelow } from "./service-state.ts";

const CHECK = "warm evaluator";

/** What keeps decisions right, only slower. */
const COLD = "each decision starts an evaluator of its own, which takes longer";

/** Within how many hundredths of a second it should answer. */
const PATIENCE = 500;

type WarmPlaces = Pick<Places, "hooksDir" | "bundle" | "systemd" | "proc" | "passwd">;

/**
 * Whether the warm evaluator that the scripts ask first is there, decides by the bundle in force, and is root's alone.
 *
 * @param scripts The paths of those that are installed.
 * @param digest Of the bundle that should be in force; undefined where there is none.
 */
export async function checkWarm(
  scripts: readonly string[],
  digest: string | undefined,
  places: WarmPlaces,
  isRoot: boolean,
): Promise<readonly Row[]> {
  const wanted = new Map(scripts.flatMap(warmOf).map((warm) => [`${warm.client} ${warm.socket}`, warm]));
  if (wanted.size === 0) return [ok(CHECK, "the installed scripts ask none")];
  if (!isRoot) return [skipped(CHECK, "only root can ask it")];
  const rows: Row[] = [];
  for (const warm of wanted.values()) rows.push(...(await checkOne(warm, digest, places)));
  return rows;
}

/** A script that nobody can read is another check's. */
function warmOf(script: string): WarmEvaluator[] {
  try {
    return [readHookScript(readFileSync(script, "utf8"))?.warm ?? []].flat();
  } catch {
    return [];
  }
}

async function checkOne(
  { socket, client }: WarmEvaluator,
  digest: string | undefined,
  places: WarmPlaces,
): Promise<readonly Row[]> {
  const problem = clientProblem(client);
  const rows: Row[] = [];
  if (problem !== undefined) {
    rows.push(warning(CHECK, `${problem}, and the scripts ask with it: ${COLD}`, installCommand(places, socket)));
  }
  const trust = checkSocket(socket);
  if (trust !== undefined) rows.push(trust);
  else if (entryAt(socket) === undefined) {
    rows.push(warning(CHECK, `none listens at ${socket}: ${COLD}`, serveCommand(places, socket)));
  } else rows.push(await checkAnswer(socket, digest, places));
  // what answers would be of no use
  return problem === undefined ? rows : rows.filter(({ status }) => status !== "ok");
}

async function checkAnswer(
  socket: string,
  digest: string | undefined,
  { bundle, systemd, proc, passwd }: WarmPlaces,
): Promise<Row> {
  const serve = serveCommand({ bundle, systemd }, socket);
  let undecided: string | undefined;
  try {
    // nothing is logged: that is done by who asks
    const document = Buffer.from(sampleDocument("qemu/prepare"));
    const words = ["qemu", SAMPLE_NAME, "prepare", "begin", "-"];
    const reply = await ask(socket, { words, digest: digest ?? "-", document, left: PATIENCE });
    if ("undecided" in reply) undecided = reply.undecided;
  } catch (error) {
    return warning(CHECK, `it is not running (${(error as Error).message}): ${COLD}`, serve);
  }
  const state = readState(socket);
  if (state === undefined) {
    return warning(CHECK, `what listens at ${socket} says nothing of itself in serve.json beside it`, serve);
  }
  const look = `kill -HUP ${state.pid}`;
  if (state.problem !== undefined) {
    return warning(
      CHECK,
      `a bundle is not in force there: ${state.problem}`,
      `mend what the reason names, then ${look}`,
    );
  }
  if (digest !== undefined && state.digest !== digest) {
    const detail = `it decides by bundle ${short(state.digest)}, and ${short(digest)} is in force: ${COLD}`;
    return warning(CHECK, detail, `${look}, then virt-warden doctor again`);
  }
  if (undecided !== undefined) {
    const again = "virt-warden doctor again in a few seconds; if it stays so, start virt-warden serve anew";
    return warning(CHECK, `it does not decide (${undecided}): ${COLD}`, again);
  }
  const users = usersBelow(state.pid, proc, passwd);
  const since = state.since === undefined ? "" : ` since ${state.since}`;
  const as = users.length === 0 ? "" : `, as ${users.join(" and ")}`;
  return ok(CHECK, `process ${state.pid} answers at ${socket}: bundle ${short(state.digest)}${since}${as}`);
}

function short(digest = "none"): string {
  return digest.slice(0, 12);
}
