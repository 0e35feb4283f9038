import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { stderrLines } from "../../src/hook/stderr-lines.ts";
import { decisionLine } from "../../src/log/decision-line.ts";
import { answerFor } from "../../src/sandbox/evaluate.ts";
import { KINDS, type Kind } from "../chaos/policies.ts";
import { comparable } from "../support/comparable.ts";
import type { Random } from "./random.ts";

/** A question that is asked again and again, each time about a guest of another name. */
export interface ServeCase {
  /** The policies' doing at it, see `chaos/policies.ts`. */
  readonly kind: Kind;
  readonly operation: "prepare" | "start" | "stopped" | "migrate";
  /** A corpus document with {@link NAME} for the guest's name. */
  readonly document: string;
}

/** What an answer says, with {@link NAME} for the guest's name. */
export interface ServeVerdict {
  readonly status: number;
  readonly stderr: readonly string[];
  /** See {@link comparable}. */
  readonly log: unknown;
  /** What policies rewrote, if they did. */
  readonly document: string | undefined;
}

/** What stands for a guest's name; each has as many characters after its kind, so that cut texts are alike. */
export const NAME = "NAMEOFGUEST";

/** How many decisions of a thousand are by policies that use up a limit, each kind. */
const COSTLY: Readonly<Partial<Record<Kind, number>>> = { endless: 1, greedy: 2 };

const OPERATIONS = ["prepare", "prepare", "start", "stopped", "migrate"] as const;

const FOLDER = join(import.meta.dirname, "../corpus/guests");
const DOCUMENTS = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".xml"))
  .sort()
  .map((name) => readFileSync(join(FOLDER, name), "utf8").replace(/<name>[^<]*<\/name>/, `<name>${NAME}</name>`));

/** The events at which the case's operations come. */
export function wordsOf({ operation }: ServeCase, guest: string): string[] {
  return ["qemu", guest, operation, operation === "stopped" ? "end" : "begin", "-"];
}

/** A case's guest of a number. */
export function guestName({ kind }: ServeCase, index: number): string {
  return `soak-${kind}-${String(index).padStart(7, "0")}`;
}

/** Makes cases: each kind of policy once, and others at random; one of ten documents is cut off. */
export function serveCases(random: Random, count: number): ServeCase[] {
  const kinds = [...KINDS, ...Array.from({ length: Math.max(0, count - KINDS.length) }, () => cheapKind(random))];
  return kinds.map((kind) => {
    const text = random.pick(kind === "moving" ? DOCUMENTS.filter((each) => each.includes("<title>")) : DOCUMENTS);
    const isCut = COSTLY[kind] === undefined && random.percent(10);
    const operation = COSTLY[kind] === undefined ? random.pick(OPERATIONS) : "prepare";
    // nothing is rewritten without a title
    const isMovable = kind !== "moving" || text.includes("<title>");
    return { kind: isMovable ? kind : "plain", operation, document: isCut ? text.slice(0, text.length / 2) : text };
  });
}

/** Picks a case for a decision; those that use up a limit seldom. */
export function pickCase(random: Random, cases: readonly ServeCase[]): ServeCase {
  let share = random.below(1000);
  for (const each of cases) {
    const part = COSTLY[each.kind];
    if (part === undefined) continue;
    if (share < part) return each;
    share -= part;
  }
  return random.pick(cases.filter(({ kind }) => COSTLY[kind] === undefined));
}

/** Decides a case without a service. */
export async function coldVerdict(bundle: Bundle, asked: ServeCase): Promise<ServeVerdict> {
  const guest = guestName(asked, 0);
  const text = asked.document.replace(NAME, guest);
  const { decision, document } = await answerFor(bundle, wordsOf(asked, guest), Buffer.from(text));
  const anonymous = (said: string) => said.replaceAll(guest, NAME);
  return {
    status: decision.status,
    stderr: stderrLines(decision).map(anonymous),
    log: comparable(anonymous(decisionLine(decision))),
    document: document === undefined ? undefined : anonymous(Buffer.from(document).toString()),
  };
}

/** What a service's record says. */
export function recordVerdict(record: string, guest: string): ServeVerdict {
  const lines = record.replaceAll(guest, NAME).split("\n");
  const after = (word: string) => lines.filter((line) => line.startsWith(word)).map((line) => line.slice(word.length));
  const [document] = record.split("\n").filter((line) => line.startsWith("document "));
  return {
    status: Number(after("verdict ")[0]),
    stderr: after("stderr "),
    log: comparable(after("log ")[0] ?? ""),
    document:
      document === undefined
        ? undefined
        : Buffer.from(document.slice("document ".length), "base64").toString().replaceAll(guest, NAME),
  };
}

function cheapKind(random: Random): Kind {
  return random.pick(KINDS.filter((kind) => COSTLY[kind] === undefined));
}
