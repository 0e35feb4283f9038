import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { RECORD_END, RECORD_START } from "../sandbox/record.ts";

/** What is asked. */
export interface Question {
  /** HOOK OBJECT OPERATION SUBOPERATION EXTRA. */
  readonly words: readonly string[];
  /** SHA-256 of the manifest of the asker's bundle, in hex; `-` where it cannot be told. */
  readonly digest: string;
  readonly document: Uint8Array;
  /** Within how many hundredths of a second the answer has to be there. */
  readonly left: number;
  /** The running guests' text, see `guest-files.ts`. */
  readonly guests?: string;
  /** Whether the port that the document is about belongs to a guest that runs. */
  readonly port?: "attached";
}

/** A whole record, or why the asker has to decide itself. */
export type Reply = { readonly record: string } | { readonly undecided: string };

/** How long the service may say nothing, in milliseconds. */
const MAX_SILENCE = 2000;

/** How long to wait where too many connections do, in milliseconds. */
const FULL_PERIOD = 10;

/**
 * Asks a service for a decision.
 *
 * @throws Error where nobody listens there, and where the answer is none, or is cut off, or late.
 */
export async function ask(socketPath: string, question: Question): Promise<Reply> {
  const endsAt = performance.now() + question.left * 10;
  const socket = await connected(socketPath, endsAt);
  const late = (): void => void socket.destroy(new Error(`Cannot ask ${socketPath}: the answer is late`));
  const deadline = setTimeout(late, Math.max(0, endsAt - performance.now()));
  socket.setTimeout(MAX_SILENCE, late);
  try {
    socket.write(requestBytes(question));
    return readReply(await text(socket), socketPath);
  } finally {
    clearTimeout(deadline);
    socket.destroy();
  }
}

/** Where too many connections wait to be taken, Node's sockets, which never block, are refused: that passes. */
async function connected(path: string, endsAt: number): Promise<Socket> {
  for (;;) {
    const socket = connect({ path, allowHalfOpen: true });
    try {
      await once(socket, "connect");
      return socket;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || performance.now() > endsAt) throw error;
      await sleep(FULL_PERIOD);
    }
  }
}

/** A request of the protocol's version 1. */
export function requestBytes({ words, digest, document, left, guests, port = "-" as "attached" }: Question): Buffer {
  const parts = [...words.map((word) => Buffer.from(word)), document];
  const head = ["virt-warden-ask", 1, digest, left, port, guests === undefined ? "-" : "guests"];
  const header = [...head, ...parts.map(({ length }) => length)].join(" ");
  const tail = guests === undefined ? "" : `${guests}${guests === "" || guests.endsWith("\n") ? "" : "\n"}end\n`;
  return Buffer.concat([Buffer.from(`${header}\n`), ...parts, Buffer.from(tail)]);
}

function readReply(text: string, socketPath: string): Reply {
  const answer = text.replace(/^(?:wait\n)+/, "");
  const [, undecided] = /^undecided ([ -~]*)\n$/.exec(answer) ?? [];
  if (undecided !== undefined) return { undecided };
  if (answer.startsWith(`${RECORD_START}\n`) && answer.endsWith(`\n${RECORD_END}\n`)) return { record: answer };
  throw new Error(`Cannot ask ${socketPath}: ${answer === "" ? "there is no answer" : "the answer is not whole"}`);
}
