import { join } from "node:path";
import type { Manifest } from "../bundle/manifest.ts";
import { cutText } from "../hook/cut-text.ts";
import { mapStack } from "../sandbox/map-stack.ts";
import type { Answers } from "./answers.ts";
import { explain } from "./explain.ts";
import type { TestProblem } from "./results.ts";
import { type CallEnd, TEST_FILENAME } from "./test-isolate.ts";

/** What a file's problems may take, in UTF-16 units: a record ends at 10 MiB, and more nobody reads. */
const MAX_TEXTS = 1024 * 1024;

/** What is kept of a message beyond that. */
const MAX_LATE = 100;

/** Says why tests of a file failed. */
export class TestProblems {
  readonly #answers: Pick<Answers, "judged">;
  readonly #files: ReadonlyMap<string, string>;
  readonly #map: string | undefined;
  readonly #folder: string;
  #room = MAX_TEXTS;

  /**
   * @param map JSON of the test file's source map.
   * @param folder The configuration's folder, as people know it.
   */
  constructor({ policies }: Manifest, answers: Pick<Answers, "judged">, map: string | undefined, folder: string) {
    this.#answers = answers;
    this.#files = new Map(policies.map(({ name, file }) => [name, join(folder, file)]));
    this.#map = map;
    this.#folder = folder;
  }

  /** Why a call into the file's code did not end well. */
  of(end: Extract<CallEnd, { ok: false }>): TestProblem {
    const judged = end.verdict === undefined ? undefined : this.#answers.judged[end.verdict];
    const details = judged === undefined || this.#room <= 0 ? [] : explain(judged, this.#files, this.#folder);
    const plain = plainMessage(end.message);
    const message = this.#room > 0 ? plain : cutText(plain, MAX_LATE);
    this.#room -= details.reduce((sum, line) => sum + line.length, message.length);
    const place = this.#placeOf(end);
    return { message, ...(place && { place }), details };
  }

  /** Where the test's own code was: the innermost call in a file of the user's. */
  #placeOf({ message, stack }: Extract<CallEnd, { ok: false }>): TestProblem["place"] {
    if (stack === undefined) return undefined;
    const frames = mapStack({ message, stack }, TEST_FILENAME, () => this.#map);
    const frame = frames.find(({ source }) => !source.startsWith("virt-warden/"));
    return frame && { file: join(this.#folder, frame.source), line: frame.line, column: frame.column };
  }
}

/** Errors of the test API say what is wrong; their class says nothing more. */
function plainMessage(message: string): string {
  return message.replace(/^(?:AssertionError|TestError): /, "");
}
