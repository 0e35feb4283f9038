import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { compilerPath } from "../../src/bundle/compiler-path.ts";

/** What an editor asks TypeScript's language server. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
}

/**
 * Opens a file as an editor does, and asks what can stand at a place.
 *
 * @param at what stands before the place, the first time that it occurs.
 * @returns the labels of the completions.
 * @see https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
 */
export async function completionsIn(file: string, folder: string, at: string): Promise<readonly string[]> {
  const text = readFileSync(file, "utf8");
  const before = text.slice(0, text.indexOf(at) + at.length).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const server = spawn(compilerPath(), ["--lsp", "--stdio"], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  const uri = pathToFileURL(file).href;
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  try {
    const rootUri = pathToFileURL(folder).href;
    send({ id: 1, method: "initialize", params: { processId: process.pid, rootUri, capabilities: {} } });
    for await (const message of messages(server.stdout)) {
      // the server asks about its configuration: there is none
      if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: [null] });
      else if (message.id === 1) {
        send({ method: "initialized", params: {} });
        const textDocument = { uri, languageId: "typescript", version: 1, text };
        send({ method: "textDocument/didOpen", params: { textDocument } });
        send({ id: 2, method: "textDocument/completion", params: { textDocument: { uri }, position } });
      } else if (message.id === 2) {
        const { items } = message.result as { items: readonly { label: string }[] };
        // an optional property has a question mark in what is shown
        return items.map(({ label }) => label.replace(/\?$/, ""));
      }
    }
    throw new Error("the language server ended before it answered");
  } finally {
    server.kill();
  }
}

async function* messages(stream: AsyncIterable<Buffer>): AsyncGenerator<Message> {
  let pending = Buffer.alloc(0);
  for await (const chunk of stream) {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const head = pending.indexOf("\r\n\r\n");
      const [, length = ""] = /Content-Length: (\d+)/i.exec(pending.toString("latin1", 0, Math.max(0, head))) ?? [];
      const end = head + 4 + Number(length);
      if (head < 0 || pending.length < end) break;
      yield JSON.parse(pending.toString("utf8", head + 4, end)) as Message;
      pending = pending.subarray(end);
    }
  }
}
