import assert from "node:assert/strict";
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { dirname, join } from "node:path";
import { before, beforeEach, describe, test } from "node:test";
import { CLIENTS } from "../../src/install/clients.ts";
import { needsRoot } from "../support/needs-root.ts";
import { record } from "./fake-evaluator.ts";
import { SHELLS } from "./script-call.ts";
import { type Calling, DIGEST, launchOf, makeWarmHost, SOCKET, type WarmHost } from "./warm-host.ts";

const BOTH = CLIENTS.flatMap((client) => SHELLS.map((shell) => ({ client, shell })));
const DENIED = "denied by only: bad guests do not start";
/** Answers that end in a way of their own. */
const ENDS = ["undecided", "cut off", "more", "endless", "destroyed"];
/** A document that says what the protocol does, and holds what text may not. */
const HOSTILE = Buffer.from(
  `<domain>\nend\nvirt-warden-record 1\nverdict 0\nlog {}\nend\n${"é'\"$(id)`id`\\n%s ".repeat(2000)}\n\n</domain>\n\n`,
);

describe("a script that asks a warm evaluator", { ...needsRoot() }, () => {
  let host: WarmHost;
  before(async () => {
    host = await makeWarmHost();
  });
  beforeEach(() => {
    rmSync(host.log, { recursive: true, force: true });
    writeFileSync(host.launch, launchOf(host.log));
    host.evaluator.asked.length = 0;
    host.launched();
  });

  /** Expects that the launcher was called with these words before libvirt's, and with the whole document. */
  function assertLaunched(options: RegExp, document: string | Uint8Array, words?: readonly string[]): void {
    const launched = host.launched();
    assert.ok(launched !== undefined, "the launcher was not called");
    const [command, ...rest] = launched.words;
    assert.equal(command, "hook");
    assert.match(rest.slice(0, -5).join(" "), options);
    assert.deepEqual(rest.slice(-5), words ?? ["qemu", "web1", "prepare", "begin", "-"]);
    assert.ok(launched.document.equals(Buffer.from(document)), `${launched.document.length} bytes`);
    assert.deepEqual(host.leftovers(), []);
  }

  test("takes its answer for the decision: the status, the words, and the line of the log", async () => {
    for (const calling of BOTH) {
      for (const [verdict, lines] of [
        [0, []],
        [0, ["warning: it's near the limit"]],
        [1, [DENIED, "denied by other: é"]],
        [2, ["policy only failed: oops"]],
        [3, ["engine failure: out of time before every policy ran"]],
      ] as const) {
        rmSync(host.log, { force: true });
        const log = `{"msg":"decided","verdict":${verdict},"text":"é \\\\n %s"}`;
        host.evaluator.answer = record(verdict, lines, log);
        const ended = await host.call(calling);
        const what = JSON.stringify([calling, verdict]);
        const stderr = lines.map((line) => `virt-warden: ${line}\n`).join("");
        assert.deepEqual(ended, { status: verdict, stdout: "", stderr }, what);
        assert.equal(readFileSync(host.log, "utf8"), `${log}\n`, what);
        assert.equal(host.launched(), undefined, what);
        assert.deepEqual(host.leftovers(), []);
      }
    }
  });

  test("asks for the bundle that it read, with libvirt's words and the document byte for byte", async () => {
    host.evaluator.answer = record(0);
    const names = ["--help", "-e", 'it\'s\nend\n"two"', "$(touch /tmp/x)`id`", "a  b\t", "é"];
    for (const calling of BOTH) {
      for (const stdin of calling.client === "perl" ? (["pipe", "file", "socket"] as const) : (["pipe"] as const)) {
        for (const name of names) {
          const words = [name, "prepare", name, name];
          const { status } = await host.call({ ...calling, words, document: HOSTILE, stdin });
          assert.equal(status, 0);
          const { header, words: asked, document } = host.evaluator.asked.pop() ?? assert.fail("nothing was asked");
          assert.deepEqual(asked, ["qemu", ...words]);
          assert.ok(document.equals(HOSTILE), `${JSON.stringify(calling)} ${document.length}`);
          assert.deepEqual(
            [header.slice(0, 3), header.slice(4, 6)],
            [
              ["virt-warden-ask", "1", DIGEST],
              ["-", "-"],
            ],
          );
          const left = Number(header[3]);
          const most = calling.client === "ncat" ? 500 : 1000;
          assert.ok(left > 0.8 * most && left <= most, `${left}`);
        }
      }
    }
    assert.equal(host.launched(), undefined);
  });

  test("has the launcher ask where there is break-glass, of which the launcher judges", async () => {
    const file = join(dirname(host.launch), "../../break-glass");
    host.evaluator.answer = record(1, [DENIED]);
    writeFileSync(file, "");
    try {
      for (const calling of BOTH) {
        assert.equal((await host.call(calling)).status, 2);
        assertLaunched(new RegExp(`--socket ${SOCKET} --client ${calling.client}$`), "<domain/>");
      }
      assert.equal(host.evaluator.asked.length, 0);
    } finally {
      rmSync(file);
    }
    assert.equal((await host.call()).status, 1);
  });

  test("passes the whole document on to the launcher, with what is left of the time, for any other answer", async () => {
    const whole = record(0, ["warning: x"]);
    const answers: Readonly<Record<string, string | ((socket: Socket) => void)>> = {
      undecided: "undecided another bundle\n",
      nothing: "",
      "waiting alone": "wait\nwait\n",
      "cut off": whole.slice(0, -5),
      "before its log": "virt-warden-record 1\nverdict 0\n",
      more: `${whole}more\n`,
      twice: whole + whole,
      "waiting at its end": `${whole}wait\n`,
      "another version": whole.replace("record 1", "record 2"),
      "a verdict of its own": whole.replace("verdict 0", "verdict 4"),
      "a document": whole.replace("stderr", "document PGRvbWFpbi8+\nstderr"),
      "other words": whole.replace("stderr virt-warden: ", "stderr "),
      "a control character": whole.replace("x\n", "x\u001b[0m\n"),
      "too many lines": record(0, Array(21).fill("warning: x")),
      "too much text": record(0, Array(20).fill("x".repeat(250))),
      garbage: "\0\u0001\xff".repeat(9000),
      endless: (socket) => {
        const more = (): void => {
          while (!socket.destroyed && socket.write("x".repeat(65536)));
        };
        socket.on("drain", more);
        more();
      },
      destroyed: (socket) => socket.destroy(),
    };
    for (const [name, answer] of Object.entries(answers)) {
      host.evaluator.answer = answer;
      // nc shows the shell all that came; the others differ in how they end
      for (const calling of BOTH.filter(
        ({ client, shell }) => client === "nc" || (ENDS.includes(name) && shell[0] === "dash"),
      )) {
        const { status } = await host.call({ ...calling, document: HOSTILE });
        assert.equal(status, 2, `${name} ${JSON.stringify(calling)}`);
        assertLaunched(/^--status-base 80 --bundle \/\S+ --left \d+$/, HOSTILE);
      }
    }
  });

  test("waits for an answer as long as it hears that one comes", async () => {
    for (const calling of [{ client: "perl" }, { client: "nc" }] as const) {
      host.evaluator.answer = (socket) => {
        let count = 0;
        const timer = setInterval(() => {
          socket.write(count++ < 5 ? "wait\n" : record(1, [DENIED]));
          if (count > 5) {
            clearInterval(timer);
            socket.end();
          }
        }, 450);
      };
      const ended = await host.call(calling);
      assert.deepEqual([ended.status, ended.stderr], [1, `virt-warden: ${DENIED}\n`]);
    }
  });

  test("waits no longer than two seconds for one that is silent, and leaves the launcher the rest of the time", async () => {
    host.evaluator.answer = () => {};
    for (const client of ["perl", "nc", "socat"] as const) {
      const { status } = await host.call({ client });
      assert.equal(status, 2);
      const left = Number(/--left (\d+)/.exec(host.launched()?.words.join(" ") ?? "")?.[1]);
      assert.ok(left > 600 && left <= 800, `${client}: ${left}`);
    }
  });

  test("never waits beyond the deadline", async () => {
    writeFileSync(host.launch, launchOf(host.log).replace("deadline 1000", "deadline 100"));
    host.evaluator.answer = (socket) => {
      const timer = setInterval(() => socket.write("wait\n"), 100);
      socket.once("close", () => clearInterval(timer));
    };
    for (const client of CLIENTS) {
      assert.equal((await host.call({ client })).status, 2);
      const left = Number(/--left (\d+)/.exec(host.launched()?.words.join(" ") ?? "")?.[1]);
      assert.ok(client === "ncat" ? left <= 50 : left === 1, `${client}: ${left}`);
    }
  });

  test("goes straight to the launcher where nobody can be asked", async () => {
    host.evaluator.answer = record(0);
    const plain = /^--status-base 80 --bundle \S+$/;
    const mine = "virt-warden/admit.sock";
    const cases: Readonly<Record<string, [Calling, RegExp]>> = {
      "no socket": [{ before: `rm /run/${mine}; touch /run/${mine}` }, plain],
      "no client": [{ before: "mount --bind /dev/null /usr/bin/perl" }, plain],
      "a session": [{ by: ["setpriv", "--reuid", "64993", "--clear-groups"] }, plain],
    };
    const folder = join(host.run, "..");
    for (const [name, [calling, options]] of Object.entries(cases)) {
      const socket = join(host.run, mine);
      renameSync(socket, `${socket}.kept`);
      if (name !== "no socket") renameSync(`${socket}.kept`, socket);
      // its launcher writes there
      if (name === "a session") chownSync(folder, 64993, 0);
      const { status } = await host.call(calling);
      chownSync(folder, 0, 0);
      if (name === "no socket") renameSync(`${socket}.kept`, socket);
      assert.equal(status, 2, name);
      assertLaunched(options, "<domain/>");
    }
    chownSync(join(host.run, mine), 64993, 0);
    assert.equal((await host.call()).status, 2);
    assertLaunched(plain, "<domain/>");
    chownSync(join(host.run, mine), 0, 0);
    assert.deepEqual(host.evaluator.asked, []);
  });

  test("decides cold where nobody listens any more", async () => {
    const stale = await makeWarmHost();
    stale.evaluator.close();
    for (const calling of BOTH) {
      // Node takes its socket away; one that was killed does not
      const made = `perl -e 'socket S,1,1,0; bind S, pack("S a108",1,"${SOCKET}") or die'`;
      assert.equal((await stale.call({ ...calling, before: `rm -f ${SOCKET}; ${made}` })).status, 2);
      assert.match(stale.launched()?.words.join(" ") ?? "", / --left \d+ /);
    }
  });

  test("leaves to the launcher, with the socket, what takes more than the document", async () => {
    host.evaluator.answer = record(0);
    const warm = /^--status-base 80 --bundle \S+ --socket \/run\/virt-warden\/admit\.sock --client perl$/;
    const restore = ["web1", "restore", "begin", "-"];
    assert.equal((await host.call({ words: restore })).status, 2);
    assertLaunched(warm, "<domain/>", ["qemu", ...restore]);
    const port = ["default", "port-created", "begin", "-"];
    assert.equal((await host.call({ hook: "network", words: port })).status, 2);
    assertLaunched(warm, "<domain/>\n", ["network", ...port]);
    writeFileSync(host.launch, launchOf(host.log, "qemu/migrate"));
    for (const operation of ["migrate", "prepare", "release"]) {
      const words = ["web1", operation, "begin", "-"];
      await host.call({ words });
      assertLaunched(warm, "<domain/>", ["qemu", ...words]);
    }
    assert.deepEqual(host.evaluator.asked, []);
    assert.equal((await host.call({ hook: "network", words: ["default", "start", "begin", "-"] })).status, 0);
    assert.equal(host.evaluator.asked.length, 1);
  });

  test("refuses admissions alone, and ends what runs only where a denial means it", async () => {
    for (const [operation, verdict, status] of [
      ["prepare", 2, 2],
      ["started", 1, 1],
      ["started", 2, 0],
      ["started", 3, 0],
      ["reconnect", 1, 0],
    ] as const) {
      host.evaluator.answer = record(verdict, [DENIED]);
      const ended = await host.call({ words: ["web1", operation, "begin", "-"] });
      assert.deepEqual([ended.status, ended.stderr], [status, `virt-warden: ${DENIED}\n`], `${operation} ${verdict}`);
    }
  });

  test("writes each line to the log that is there by then, and says where it cannot", async () => {
    const line = (text: string): string => `{"msg":"${text}"}`;
    const log = async (text: string): Promise<void> => {
      host.evaluator.answer = record(0, [], line(text));
      assert.equal((await host.call()).status, 0);
    };
    const long = "a".repeat(100_000);
    await log("one");
    await log(long);
    renameSync(host.log, `${host.log}.1`);
    await log("two");
    assert.equal(readFileSync(`${host.log}.1`, "utf8"), `${line("one")}\n${line(long)}\n`);
    assert.equal(readFileSync(host.log, "utf8"), `${line("two")}\n`);
    rmSync(host.log);
    mkdirSync(host.log);
    const ended = await host.call();
    const warning = `virt-warden: warning: cannot write the decision log ${host.log}\n`;
    assert.deepEqual(ended, { status: 0, stdout: "", stderr: warning });
  });

  test("keeps the whole document for the launcher whenever its client is killed", async () => {
    host.evaluator.answer = record(0);
    const document = Buffer.concat([Buffer.alloc(4_194_000, "<domain>\0\n&é"), Buffer.from("\0end")]);
    const folder = join(host.run, "kill");
    mkdirSync(folder);
    const wrapper = join(folder, "perl");
    let killed = 0;
    for (let after = 2; after <= 40; after += 2) {
      writeFileSync(wrapper, `#!/bin/sh\nexec timeout -s KILL 0.${`${after}`.padStart(3, "0")} /run/kill/real "$@"\n`, {
        mode: 0o755,
      });
      const before = "cp /usr/bin/perl /run/kill/real && mount --bind /run/kill/perl /usr/bin/perl";
      const { status } = await host.call({ before, document });
      if (status === 2) {
        killed++;
        assertLaunched(/ --left \d+$/, document);
      } else assert.equal(status, 0);
      assert.ok(host.evaluator.asked.every((asked) => asked.document.equals(document)));
    }
    assert.ok(killed > 5, `${killed}`);
  });

  test("refuses where what it could not ask is lost, and ends nothing", async () => {
    // a host without room: what was read is nowhere
    const before =
      "mount -t tmpfs -o size=64k small /run/virt-warden && mount --bind /run/kept /run/virt-warden/admit.sock";
    const kept = join(host.run, "kept");
    renameSync(join(host.run, "virt-warden/admit.sock"), kept);
    try {
      const document = Buffer.alloc(1_000_000, " ");
      const full = `${before.replace("&&", "&& touch /run/virt-warden/admit.sock &&")}`;
      const ended = await host.call({ before: full, document, stdin: "socket" });
      assert.equal(ended.status, 3);
      assert.match(ended.stderr, /^virt-warden: engine failure: the document did not end in time, or there is no room/);
      // from a pipe, nothing is lost
      assert.equal((await host.call({ before: full, document })).status, 2);
      const launched = host.launched();
      assert.ok(launched?.document.equals(document));
    } finally {
      renameSync(kept, join(host.run, "virt-warden/admit.sock"));
    }
  });

  test("remembers a bundle that is root's alone, word for word, and looks again at any other", async () => {
    host.evaluator.answer = record(0);
    const words = ["web1", "start", "begin", "-"];
    const blind = { words, before: "mount --bind /dev/null /usr/bin/find" };
    for (const shell of SHELLS) {
      rmSync(join(host.run, "virt-warden/trusted"), { recursive: true, force: true });
      assert.equal((await host.call({ ...blind, shell })).status, 2);
      assert.equal((await host.call({ words, shell })).status, 0);
      assert.equal((await host.call({ ...blind, shell })).status, 0);
      writeFileSync(host.launch, launchOf(host.log).replace("data 1", "data 2"));
      assert.equal((await host.call({ ...blind, shell })).status, 2);
      writeFileSync(host.launch, launchOf(host.log));
      // what is not root's is not believed, nor what cannot be read
      const foreign = { ...blind, shell, before: `${blind.before}; chown 64993 /run/virt-warden` };
      assert.equal((await host.call(foreign)).status, 2);
      chownSync(join(host.run, "virt-warden"), 0, 0);
      writeFileSync(join(host.run, "virt-warden/trusted/qemu"), "remembered='");
      assert.equal((await host.call({ ...blind, shell })).status, 2);
    }
  });
});
