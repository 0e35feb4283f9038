import { RequestError } from "./request-error.ts";

/** What a request's first line says. */
export interface RequestHeader {
  readonly digest: string | undefined;
  /** In milliseconds. */
  readonly time: number;
  readonly spares: boolean;
  readonly hasGuests: boolean;
  /** The bytes of the five words. */
  readonly lengths: readonly number[];
  /** Where the first word begins, in bytes from the header's first. */
  readonly start: number;
  /** Where the document begins, and where it ends. */
  readonly document: number;
  readonly end: number;
}

/** The version of the protocol that is spoken here. */
const VERSION = "1";

const NUMBER = "(0|[1-9][0-9]{0,8})";

const HEADER = new RegExp(
  `^virt-warden-ask 1 ([0-9a-f]{64}|-) ([1-9][0-9]{0,6}) (attached|-) (guests|-) ${Array(6).fill(NUMBER).join(" ")}$`,
);

/** In bytes: what policies' process has room for beside their limits, see `dataLimit`. */
export const MAX_DOCUMENT = 1024 * 1024;

/** In bytes: what Linux allows for one word of a program's. */
const MAX_WORD = 131_072;

/**
 * Reads a request's first line, without its end.
 *
 * @throws {RequestError} for what is none, and for what is too large.
 */
export function parseHeader(line: string): RequestHeader {
  const [, digest, left, port, guests, ...numbers] = HEADER.exec(line) ?? [];
  if (digest === undefined) throw new RequestError(complaint(line));
  const lengths = numbers.map(Number);
  const documentLength = lengths.pop() ?? 0;
  if (documentLength > MAX_DOCUMENT) throw new RequestError("the document is too large");
  if (lengths.some((length) => length > MAX_WORD)) throw new RequestError("a word is too long");
  const start = line.length + 1;
  const document = lengths.reduce((sum, length) => sum + length, start);
  return {
    digest: digest === "-" ? undefined : digest,
    time: Number(left) * 10,
    spares: port === "attached",
    hasGuests: guests === "guests",
    lengths,
    start,
    document,
    end: document + documentLength,
  };
}

function complaint(line: string): string {
  const [, version] = /^virt-warden-ask ([0-9]{1,9}) /.exec(line) ?? [];
  if (version === undefined || version === VERSION) return "this is no request";
  return `the protocol's version here is ${VERSION}`;
}
