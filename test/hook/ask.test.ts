import assert from "node:assert/strict";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { lastLine } from "../sandbox/wall/run-probe.ts";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, type Ended, GUEST, run } from "../support/launcher.ts";

const COLD = "virt-warden: denied by a: decided cold\n";
const LOG = { event: "qemu/prepare", object: "web1", decision: "allow", status: 0, by: "a fake" };
const RECORD = `virt-warden-record 1\nverdict 0\nlog ${JSON.stringify(LOG)}\nend\n`;
const CLIENTS = ["perl", "nc", "ncat", "socat"] as const;

/** What a server does with a question, once it has read all of it. */
type Answer = (socket: Socket) => void;

const says =
  (text: string): Answer =>
  (socket) =>
    socket.end(text);

/** A question, taken apart by its first line. */
interface Question {
  readonly header: readonly string[];
  readonly words: readonly string[];
  readonly document: string;
  readonly rest: string;
}

/** Undefined while some of it is missing. */
function readQuestion(bytes: Buffer): Question | undefined {
  const end = bytes.indexOf("\n");
  if (end < 0) return undefined;
  const header = bytes.toString("latin1", 0, end).split(" ");
  const lengths = header.slice(6).map(Number);
  const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, end + 1));
  const at = (starts.at(-1) ?? 0) + (lengths.at(-1) ?? 0);
  const [a, b, c, d, e, document = ""] = lengths.map((length, index) =>
    bytes.toString("latin1", starts[index], (starts[index] ?? 0) + length),
  );
  const rest = bytes.toString("latin1", Math.min(at, bytes.length));
  if (bytes.length < at || (header[5] === "guests" && !rest.endsWith("\nend\n"))) return undefined;
  return { header, words: [a, b, c, d, e].map(String), document, rest };
}

describe("a hook that is told of a warm evaluator", { concurrency: 2 }, () => {
  let built: Built;
  let folder = "";
  const servers: Server[] = [];
  before(async () => {
    built = await build({ a: 'context.deny("decided cold");' }, "limits: { time: 1s, deadline: 20s }");
    folder = await makeFolder();
  });
  after(() => {
    for (const server of servers) server.close();
  });

  /** A server that gives one answer to everybody; what it was asked is kept. */
  async function serve(answer: Answer): Promise<{ readonly socket: string; readonly questions: Question[] }> {
    const socket = join(folder, `${servers.length}.sock`);
    const questions: Question[] = [];
    const server = createServer({ allowHalfOpen: true }, (connection) => {
      let bytes: Buffer = Buffer.alloc(0);
      // who asks may go at any time
      connection.on("error", () => {});
      connection.on("data", (chunk: Buffer) => {
        bytes = Buffer.concat([bytes, chunk]);
        const question = readQuestion(bytes);
        if (question === undefined) return;
        questions.push(question);
        answer(connection);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    return { socket, questions };
  }

  function ask(socket: string, client: string, document = GUEST, words: readonly string[] = []): Promise<Ended> {
    const options = ["--socket", socket, "--client", client, "--bundle", built.bundle, ...words];
    return run(["hook", ...options, "qemu", "web1", "prepare", "begin", "-"], document);
  }

  for (const client of CLIENTS) {
    test(`takes a whole record for the answer, and waits as long as it is told to, by ${client}`, async () => {
      const { socket, questions } = await serve((connection) => {
        let waits = 0;
        const timer = setInterval(() => {
          waits += 1;
          if (waits < 6) connection.write("wait\n");
          else connection.end(RECORD);
          if (waits === 6) clearInterval(timer);
        }, 500);
      });
      const asked = "virt-warden-ask 1 - 1 a\nend\n\0é";
      assert.deepEqual(await ask(socket, client, asked), { status: 0, stdout: "", stderr: "" });
      const [question] = questions;
      assert.equal(question?.document, Buffer.from(asked).toString("latin1"));
      assert.deepEqual(question?.words, ["qemu", "web1", "prepare", "begin", "-"]);
      assert.match(question?.header.slice(0, 6).join(" ") ?? "", /^virt-warden-ask 1 [0-9a-f]{64} (1\d\d\d|2000) - -$/);
    });

    test(`decides itself where nobody answers in time, or at all, by ${client}`, async () => {
      const silent = await serve(() => {});
      const { stderr, status } = await ask(silent.socket, client, GUEST, ["--left", "800"]);
      assert.deepEqual([stderr, status, silent.questions.length], [COLD, 1, 1]);
      assert.equal((await ask(join(folder, "nobody.sock"), client)).stderr, COLD);
    });
  }

  test("writes the answer's own line to the log", async () => {
    const { socket } = await serve(says(RECORD));
    const { status } = await ask(socket, "perl");
    assert.deepEqual([status, JSON.parse(await lastLine(built))], [0, LOG]);
  });

  const others: Readonly<Record<string, string>> = {
    "is not decided": "undecided another bundle\n",
    "is empty": "",
    "is cut off": RECORD.slice(0, -4),
    "lacks its last line end": RECORD.slice(0, -1),
    "goes on after its end": `${RECORD}more\n`,
    "is no record": `garbage\n${RECORD}`,
    "is two records": RECORD + RECORD,
    "changes a document that nobody may change": RECORD.replace("log", "document PGE+\nlog"),
    "has a control character": RECORD.replace("a fake", "\u0007"),
    "never ends to say that it waits": `wait\n${"wait\n".repeat(900_000)}${RECORD}`,
  };
  for (const [what, text] of Object.entries(others)) {
    test(`decides itself where the answer ${what}`, async () => {
      const { socket } = await serve(says(text));
      const { status, stdout, stderr } = await ask(socket, "perl");
      assert.deepEqual([status, stdout, stderr], [1, "", COLD]);
    });
  }

  test("does not wait beyond what is left of its time", async () => {
    const { socket } = await serve((connection) => {
      const timer = setInterval(() => connection.write("wait\n"), 500);
      connection.on("close", () => clearInterval(timer));
    });
    const { status, stderr } = await ask(socket, "perl", GUEST, ["--left", "150"]);
    assert.match(stderr, /^virt-warden: engine failure: out of time before any policy ran\n$/);
    assert.equal(status, 3);
  });

  test("asks nobody through a file that is no socket, or by a program that it does not know", async () => {
    assert.equal((await ask(built.config, "perl")).stderr, COLD);
    assert.equal((await ask(join(folder, "0.sock"), "telnet")).status, 64);
    assert.equal((await ask("admit.sock", "perl")).status, 64);
  });
});
