import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { dirname } from "node:path";

/** What a client asked, byte for byte. */
export interface Asked {
  readonly header: readonly string[];
  readonly words: readonly string[];
  readonly document: Buffer;
}

/** A warm evaluator of a test's own: it decides nothing, and answers what it is told to. */
export interface FakeEvaluator {
  /** What was asked so far. */
  readonly asked: Asked[];
  /** What it says to the next questions; a function has the socket to itself. */
  answer: string | ((socket: Socket) => void);
  close(): void;
}

/** Listens on a socket until the tests of a file end. */
export async function listen(path: string): Promise<FakeEvaluator> {
  mkdirSync(dirname(path), { recursive: true });
  const sockets = new Set<Socket>();
  // as the real one is: a client that says that nothing more comes still gets its answer
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
    let text = Buffer.alloc(0);
    let isDone = false;
    socket.on("data", (piece: Buffer) => {
      text = Buffer.concat([text, piece]);
      const asked = isDone ? undefined : parse(text);
      if (asked === undefined) return;
      isDone = true;
      fake.asked.push(asked);
      if (typeof fake.answer === "string") socket.end(fake.answer);
      else fake.answer(socket);
    });
  });
  const fake: FakeEvaluator = {
    asked: [],
    answer: "",
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  server.listen(path);
  await once(server, "listening");
  server.unref();
  return fake;
}

function parse(text: Buffer): Asked | undefined {
  const end = text.indexOf("\n");
  if (end < 0) return undefined;
  const header = text.toString("latin1", 0, end).split(" ");
  const lengths = header.slice(6).map(Number);
  let at = end + 1;
  if (text.length < lengths.reduce((sum, length) => sum + length, at)) return undefined;
  const parts = lengths.map((length) => {
    at += length;
    return text.subarray(at - length, at);
  });
  return { header, words: parts.slice(0, -1).map(String), document: parts.at(-1) ?? Buffer.alloc(0) };
}

/** A record as the evaluator writes it. */
export function record(verdict: number, lines: readonly string[] = [], log = '{"msg":"decided"}'): string {
  const said = lines.map((line) => `stderr virt-warden: ${line}\n`).join("");
  return `virt-warden-record 1\nverdict ${verdict}\n${said}log ${log}\nend\n`;
}
