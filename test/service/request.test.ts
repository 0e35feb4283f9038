import assert from "node:assert/strict";
import { test } from "node:test";
import { requestBytes } from "../../src/service/ask.ts";
import { RequestReader } from "../../src/service/request.ts";

const WORDS = ["qemu", "web1", "prepare", "begin", "-"];
const DIGEST = "0123456789abcdef".repeat(4);
const HEADER = "virt-warden-ask 1 - 1000 - - 4 4 7 5 1 3";
const MIB = 1024 * 1024;

/** The request with a document, and perhaps the running guests. */
function asked(document: string, guests?: string): Buffer {
  const more = guests === undefined ? {} : { guests };
  return requestBytes({ words: WORDS, digest: DIGEST, document: Buffer.from(document), left: 250, ...more });
}

/** What a reader makes of pieces: a request, `waits`, or why it is none. */
function read(...pieces: readonly (string | Uint8Array)[]): unknown {
  const reader = new RequestReader();
  try {
    let request: unknown;
    for (const piece of pieces) request = reader.take(Buffer.from(piece));
    return request ?? "waits";
  } catch (error) {
    return (error as Error).message;
  }
}

test("a request says what its asker said", () => {
  const request = requestBytes({
    words: WORDS,
    digest: DIGEST,
    document: Buffer.from("<a/>"),
    left: 7,
    port: "attached",
  });
  assert.deepEqual(read(request), {
    digest: DIGEST,
    time: 70,
    spares: true,
    words: WORDS,
    document: Buffer.from("<a/>"),
    guests: undefined,
  });
});

test("nothing in words and document is taken for the protocol's own, nor do they have to be text", () => {
  const words = ["virt-warden-ask 1", "\nend\n", "", "é\n", "--help"];
  const document = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 10]), asked("x"), Buffer.from("\nend\nwait\n")]);
  const request = read(requestBytes({ words, digest: "-", document, left: 1 }));
  assert.deepEqual(
    { ...(request as object), time: 0 },
    {
      digest: undefined,
      time: 0,
      spares: false,
      words,
      document,
      guests: undefined,
    },
  );
});

test("a request comes whole in whatever pieces, and not a byte too early", () => {
  for (const request of [asked("<a>\nend\n</a>"), asked("<a/>", "/run/libvirt/qemu/a.xml\n|<domstatus>\n\n")]) {
    const reader = new RequestReader();
    const results = [...request].map((byte) => reader.take(Buffer.of(byte)));
    assert.ok(results.slice(0, -1).every((each) => each === undefined));
    assert.deepEqual(results.at(-1), read(request));
  }
});

test("the running guests' text is what comes before its end, however much that looks like one", () => {
  const guests = "/run/libvirt/qemu/a.xml\n|end\n|\n|x\nend2\n".replace("end2\n", "|end\n");
  for (const text of ["", "\n", guests]) {
    assert.deepEqual((read(asked("", text)) as { guests: string }).guests, text);
  }
});

test("what is no request is refused as soon as that can be seen", () => {
  const none = "this is no request";
  const cases: readonly (readonly [string, unknown])[] = [
    ["", "waits"],
    ["virt-warden-ask 1 - 1000", "waits"],
    [`${HEADER}\nqemuweb1preparebegin-<a`, "waits"],
    ["GET / HTTP/1.1\r\n", none],
    ["\n", none],
    [`${HEADER}\r\n`, none],
    [` ${HEADER}\n`, none],
    [`${HEADER} \n`, none],
    [`${HEADER} 1\n`, none],
    [`${HEADER.replace(" - 1000", "  1000")}\n`, none],
    [`${HEADER.replace(" - 1000", ` ${DIGEST.toUpperCase()} 1000`)}\n`, none],
    [`${HEADER.replace(" - 1000", ` ${DIGEST}0 1000`)}\n`, none],
    [`${HEADER.replace("1000", "0")}\n`, none],
    [`${HEADER.replace("1000", "-1")}\n`, none],
    [`${HEADER.replace("1000", "1e3")}\n`, none],
    [`${HEADER.replace("1000", "01000")}\n`, none],
    [`${HEADER.replace("1000", "99999999")}\n`, none],
    [`${HEADER.replace(/3$/, "03")}\n`, none],
    [`${HEADER.replace(/3$/, "+3")}\n`, none],
    [`${HEADER.replace(/3$/, "0x3")}\n`, none],
    [`${HEADER.replace(/3$/, "9999999999")}\n`, none],
    [`${HEADER.replace("- - 4", "yes - 4")}\n`, none],
    [`${HEADER.replace("- - 4", "- all 4")}\n`, none],
    [`${HEADER.replace(" 1 ", " 2 ")}\n`, "the protocol's version here is 1"],
    [`${HEADER.replace(" 1 ", " 01 ")}\n`, "the protocol's version here is 1"],
    ["x".repeat(511), "waits"],
    ["x".repeat(512), "the header is too long"],
    [`${HEADER.replace(/3$/, String(MIB + 1))}\n`, "the document is too large"],
    [`${HEADER.replace(" 4 4 ", " 4 131073 ")}\n`, "a word is too long"],
    [`${HEADER}\nqemuweb1preparebegin-<a>x`, "more than a request came"],
    [`${HEADER}\nqemuweb\0preparebegin-<a>`, "a word holds a zero byte"],
    [`${HEADER.replace("- - 4", "- guests 4")}\nqemuweb1preparebegin-<a>/run\n|x\n`, "waits"],
    [`${HEADER.replace("- - 4", "- guests 4")}\nqemuweb1preparebegin-<a>/run\nx\nend\n`, /line of neither kind/],
    [`${HEADER.replace("- - 4", "- guests 4")}\nqemuweb1preparebegin-<a>end\nend\n`, /line of neither kind/],
    [
      `${HEADER.replace("- - 4", "- guests 4")}\nqemuweb1preparebegin-<a>|${"x".repeat(4 * MIB)}`,
      /running guests is too large/,
    ],
  ];
  for (const [text, expected] of cases) {
    const found = read(text);
    if (expected instanceof RegExp) assert.match(String(found), expected, text.slice(0, 100));
    else assert.equal(found, expected, text.slice(0, 100));
  }
});

test("a length that lies makes words and document of other bytes, and no request of more than it says", () => {
  const request = read(`${HEADER.replace("4 4 7 5 1 3", "2 6 7 5 1 3")}\nqemuweb1preparebegin-<a>`) as {
    readonly words: readonly string[];
  };
  assert.deepEqual(request.words, ["qe", "muweb1", "prepare", "begin", "-"]);
});

test("every way to cut a request short leaves it waiting, and every way to change its header is seen or waits", () => {
  const request = asked("<a/>");
  for (let length = 0; length < request.length; length += 1) {
    assert.equal(read(request.subarray(0, length)), "waits");
  }
  const headerLength = request.indexOf(10) + 1;
  for (let place = 0; place < headerLength; place += 1) {
    for (const byte of [0, 10, 32, 45, 48, 57, 97, 255]) {
      if (request[place] === byte) continue;
      const changed = Buffer.from(request);
      changed[place] = byte;
      const found = read(changed);
      // another number or digest is a request of its own, with as many bytes as it says
      if (typeof found !== "string")
        assert.match(
          changed.toString("latin1", 0, headerLength - 1),
          /^virt-warden-ask 1 [0-9a-f]{64} \d+ - - (\d+ ){5}\d+$/,
        );
    }
  }
});
