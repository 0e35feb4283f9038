import { BUILD_OUTCOMES, type BuildOutcome, type HostilePolicy, OUTCOMES, type Outcome } from "./attempt.ts";

/** What a policy's file says of itself in its first comment. */
type Header = Pick<HostilePolicy, "attempts" | "outcomes" | "atBuild" | "reason" | "never">;

const KEYS = ["Outcome", "At build", "Reason", "Never"] as const;

/**
 * Reads the comment that a hostile policy's file begins with: lines of plain text, then lines `Key: value`.
 * `Outcome` and `At build` take words, alternatives parted by ` or `; `Reason` and `Never` a regular expression.
 *
 * @throws Error that names the file where the comment is not of this form.
 */
export function parseHeader(source: string, file: string): Header {
  const lines = /^(?:\/\/ .*\n)+/.exec(source)?.[0].trimEnd().split("\n") ?? [];
  const texts = lines.map((line) => line.slice(3));
  const values = new Map<string, string>();
  const words: string[] = [];
  for (const text of texts) {
    const key = KEYS.find((each) => text.startsWith(`${each}: `));
    if (key !== undefined) values.set(key, text.slice(key.length + 2));
    else if (values.size === 0) words.push(text);
    else throw new Error(`Cannot read ${file}: "${text}" stands after the outcome, and is none of ${KEYS.join(", ")}`);
  }
  const outcomes = choices(values.get("Outcome"), isOutcome, file);
  const atBuild = choices(values.get("At build"), isBuildOutcome, file);
  if (words.length === 0 || outcomes.length + atBuild.length === 0) {
    throw new Error(`Cannot read ${file}: it must begin with a comment that says what it attempts, and its outcome`);
  }
  if (outcomes.length > 0 === atBuild.includes("refused")) {
    throw new Error(`Cannot read ${file}: what is not bundled has no outcome, and everything else has one`);
  }
  return { attempts: words.join(" "), outcomes, atBuild, ...pattern("reason"), ...pattern("never") };

  function pattern(key: "reason" | "never"): { readonly [name: string]: RegExp } {
    const text = values.get(key === "reason" ? "Reason" : "Never");
    if (text === undefined) return {};
    const [, body, flags] = /^\/(.+)\/(\w*)$/.exec(text) ?? [];
    if (body === undefined) throw new Error(`Cannot read ${file}: ${text} is no regular expression`);
    return { [key]: new RegExp(body, flags) };
  }
}

function choices<T extends string>(text: string | undefined, is: (word: string) => word is T, file: string): T[] {
  return (text?.split(" or ") ?? []).map((word) => {
    if (is(word)) return word;
    throw new Error(`Cannot read ${file}: "${word}" is no outcome; there are ${OUTCOMES.join(", ")}, denied with one`);
  });
}

function isOutcome(word: string): word is Outcome {
  const alone = word.replace(/^denied, (?!allowed|denied)/, "");
  return (OUTCOMES as readonly string[]).includes(alone);
}

function isBuildOutcome(word: string): word is BuildOutcome {
  return (BUILD_OUTCOMES as readonly string[]).includes(word);
}
