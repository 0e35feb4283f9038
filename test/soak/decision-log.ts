import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { createInterface } from "node:readline";
import { decisionOf } from "./compose.ts";

/** The log that all hooks of a soak write to, two at a time. */
export class DecisionLog {
  readonly file: string;

  /** @param file Absolute. */
  constructor(file: string) {
    this.file = file;
  }

  /** In bytes. */
  size(): number {
    return this.#read((descriptor) => fstatSync(descriptor).size) ?? 0;
  }

  /** The lines about a guest from an offset on. */
  linesAbout(guest: string, from: number): string[] {
    const text = this.#read((descriptor) => {
      const bytes = Buffer.alloc(fstatSync(descriptor).size - from);
      return bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, bytes.length, from));
    });
    return text?.split("\n").filter((line) => line.includes(`"object":"${guest}"`)) ?? [];
  }

  /** What is wrong with the whole log: it has one whole line for each of these decisions, by index, and no other. */
  async problems(logged: ReadonlySet<number>): Promise<string[]> {
    const problems: string[] = [];
    const seen = new Set<number>();
    for await (const line of this.#lines()) {
      const index = indexOf(line);
      if (index === undefined) problems.push(`a line is not whole: ${JSON.stringify(line.slice(0, 200))}`);
      else if (!logged.has(index)) problems.push(`a line is about decision ${index}, which nobody watches`);
      else if (seen.has(index)) problems.push(`a second line is about decision ${index}`);
      else seen.add(index);
    }
    const missing = [...logged].filter((index) => !seen.has(index));
    return [...problems, ...missing.map((index) => `no line is about decision ${index}`)];
  }

  #lines(): AsyncIterable<string> | Iterable<string> {
    if (this.size() === 0) return [];
    return createInterface({ input: createReadStream(this.file), crlfDelay: Number.POSITIVE_INFINITY });
  }

  /** Undefined while there is no log. */
  #read<T>(read: (descriptor: number) => T): T | undefined {
    let descriptor: number;
    try {
      descriptor = openSync(this.file, "r");
    } catch {
      return undefined;
    }
    try {
      return read(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
}

/** Which decision a whole line is about. */
function indexOf(line: string): number | undefined {
  try {
    const { object, msg } = JSON.parse(line) as { object?: string; msg?: string };
    return object === undefined || msg === undefined ? undefined : decisionOf(object);
  } catch {
    return undefined;
  }
}
