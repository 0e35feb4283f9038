import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { sha256 } from "../../src/bundle/digest.ts";
import { codeOfSlice } from "../../src/bundle/policy-slice.ts";
import { frameText, mapStack } from "../../src/sandbox/map-stack.ts";
import { buildFiles, buildProblems, policy } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";
import { makeFolder } from "../support/folder.ts";
import { judgeBy } from "../support/judge.ts";
import { hook, run } from "../support/launcher.ts";

const SCRIPT = "virt-warden:policy";

/** A map of code whose lines 1 and 2 are the two statements in line 1 of `a.ts`. */
const { outputFiles } = await build({
  stdin: { contents: "one();two();\n", sourcefile: "a.ts" },
  sourcemap: "external",
  sourcesContent: false,
  outdir: "/",
  write: false,
});
const MAP = outputFiles.find(({ path }) => path.endsWith(".map"))?.text;

/** The frames of a stack trace whose code has the map above. */
function framesOf(stack: string, message = "Error: x"): string[] {
  return mapStack({ message, stack }, SCRIPT, () => MAP).map(frameText);
}

const at = (call: string) => `\n    at ${call}`;

test("calls in the policy's own script count, innermost first, with their functions' names", () => {
  const calls = [
    `one (${SCRIPT}:1:1)`,
    `${SCRIPT}:2:1`,
    `Object.check (${SCRIPT}:2:1)`,
    `async Object.late (${SCRIPT}:1:1)`,
    `new Disk (${SCRIPT}:1:1)`,
    `Object.<anonymous> (${SCRIPT}:1:1)`,
  ];
  assert.deepEqual(framesOf(`Error: x${calls.map(at).join("")}`), [
    "one (a.ts:1:1)",
    "a.ts:1:7",
    "check (a.ts:1:7)",
    "async late (a.ts:1:1)",
    "new Disk (a.ts:1:1)",
    "a.ts:1:1",
  ]);
});

test("what is not such a call does not count", () => {
  const others = [
    "judge (virt-warden:runtime:1:1)",
    "Array.map (<anonymous>)",
    "(<isolated-vm boundary>)",
    "async Promise.all (index 0)",
    "one (/etc/passwd:1:1)",
    `one (x${SCRIPT}:1:1)`,
    `one (${SCRIPT}:1:1`,
    `one (${SCRIPT}:1:1) `,
    `one (${SCRIPT}:1)`,
    `one (${SCRIPT}:-1:1)`,
    `one (${SCRIPT}:1e1:1)`,
    `one (${SCRIPT}:9999999999:1)`,
    `one${SCRIPT}:1:1)`,
  ];
  assert.deepEqual(framesOf(`Error: x${others.map(at).join("")}\n  at one (${SCRIPT}:1:1)\nat ${SCRIPT}:1:1`), []);
});

test("a position that the map does not know is left out", () => {
  assert.deepEqual(framesOf(`Error: x${at(`one (${SCRIPT}:77:1)`)}${at(`one (${SCRIPT}:0:0)`)}`), []);
});

test("lines of a message that look like calls do not count, whatever name the error got later", () => {
  const forged = `Error: no guest${at(`forged (${SCRIPT}:1:1)`)}`;
  const real = at(`check (${SCRIPT}:2:1)`);
  assert.deepEqual(framesOf(forged + real, forged), ["check (a.ts:1:7)"]);
  assert.deepEqual(framesOf(forged + real, forged.replace("Error", "NamedLater")), ["check (a.ts:1:7)"]);
  assert.deepEqual(framesOf(forged + real, `a promise was rejected: ${forged}`), ["check (a.ts:1:7)"]);
});

test("where the message was changed or cut off, no line that looks like a call hides a real one", () => {
  const forged = Array.from({ length: 40 }, () => at(`forged (${SCRIPT}:1:1)`)).join("");
  const real = [at(`check (${SCRIPT}:2:1)`), at(`${SCRIPT}:2:1`)];
  const ten = framesOf(`Error: old${forged}${real.join("")}`, "Error: new");
  assert.equal(ten.length, 10);
  assert.deepEqual(ten.slice(-2), ["check (a.ts:1:7)", "a.ts:1:7"]);
  const shortened = framesOf(`Error: odd${forged}${real.join("")}`, "Error: in a guest: odd");
  assert.deepEqual(shortened.slice(-2), ["check (a.ts:1:7)", "a.ts:1:7"]);
  // a line between shows where the message ends
  assert.deepEqual(framesOf(`Error: old${forged}\nend${real.join("")}`, "Error: new"), [
    "check (a.ts:1:7)",
    "a.ts:1:7",
  ]);
});

test("an error without a message, and one whose stack is no text of V8's, are nothing special", () => {
  assert.deepEqual(framesOf(`Error${at(`check (${SCRIPT}:1:1)`)}`, "Error: "), ["check (a.ts:1:1)"]);
  for (const stack of ["", "\n", "Error", "Error: x", ": ", at(""), "\u0000", "    at "]) {
    assert.deepEqual(framesOf(stack), []);
    assert.deepEqual(framesOf(stack, ""), []);
  }
});

test("ten frames are the most, and names are short and act on no terminal", () => {
  const many = Array.from({ length: 60 }, () => at(`one (${SCRIPT}:1:1)`)).join("");
  assert.equal(framesOf(`Error: x${many}`).length, 10);
  const name = `\u001b[31m\u202e${"n".repeat(500)}`;
  const [frame = ""] = framesOf(`Error: x${at(`${name} (${SCRIPT}:1:1)`)}`);
  assert.match(frame, /^\\u\{1b\}\[31m\\u\{202e\}n+… \(\d+ more\) \(a\.ts:1:1\)$/);
  assert.ok(frame.length < 120);
});

test("a call that was cut off at the longest text is left out: it would point somewhere else", () => {
  const call = at(`${SCRIPT}:2:1000000`);
  const stack = `Error: x${at(`one (${SCRIPT}:1:1)`)}`;
  const filled = `${stack}\n${"f".repeat(8000 - stack.length - 1 - call.length + 5)}${call}`;
  assert.deepEqual(framesOf(filled.slice(0, 8000)), ["one (a.ts:1:1)"]);
});

test("without a map, or with one that cannot be read or is too large, there are no frames", () => {
  const thrown = { message: "Error: x", stack: `Error: x${at(`one (${SCRIPT}:1:1)`)}` };
  for (const map of [undefined, "", "{", "null", "[]", '{"version":3,"mappings":7}', " ".repeat(1024 * 1024)]) {
    assert.deepEqual(
      mapStack(thrown, SCRIPT, () => map),
      [],
    );
  }
});

test("a stack of the worst kind takes no time to speak of", () => {
  const started = performance.now();
  for (const part of [" (", at(""), `${SCRIPT}:1:1`, ": ", "at (", "::::"]) {
    framesOf(part.repeat(1_000_000 / part.length), part.repeat(1000));
  }
  assert.ok(performance.now() - started < 10_000);
});

const HELPER = `/** Checks a guest. */
export function refuse(name: string): never {
  // line 3
  throw new TypeError(\`no \${name}\`);
}
`;

const decide = async (files: Readonly<Record<string, string>>, document = guest()) =>
  (await judgeBy(await buildFiles(files))(document)).failures;

/** A policy that does this, whose check is in line 4 and whose body in line 5. */
const doing = (name: string, imports: string, body: string) =>
  `import { bytes, definePolicy } from "virt-warden";\n${imports}\nexport default definePolicy({ name: "${name}",\n  check({ domain, log }) {\n    ${body}\n  },\n});\n`;

test("an exception in a file that a policy imports points at that file's line, then at the policy's", async () => {
  const failures = await decide({
    "policies/a.ts": doing("a", 'import { refuse } from "../shared/refuse.ts";', "refuse(domain.name);"),
    "shared/refuse.ts": HELPER,
  });
  assert.deepEqual(failures, [
    {
      policy: "a",
      kind: "exception",
      message: "TypeError: no web1",
      stack: ["refuse (shared/refuse.ts:4:9)", "check (policies/a.ts:5:5)"],
    },
  ]);
});

test("the hook says an exception in one line, and its place in the decision log", async () => {
  const folder = await makeFolder({
    "virt-warden.yaml": "log: decisions.log\nrules: { b: { onError: allow } }\n",
    "policies/a.ts": doing("a", 'import { refuse } from "../shared/refuse.ts";', "refuse(domain.name + '\\n\\n');"),
    "policies/b.ts": doing("b", "", "log.info('here'); throw new Error('oh');"),
    "shared/refuse.ts": HELPER,
  });
  const bundle = join(folder, "bundle");
  await run(["build", "--config", join(folder, "virt-warden.yaml"), "--out", bundle]);
  const { status, stderr } = await hook(bundle);
  assert.equal(status, 2);
  assert.equal(
    stderr,
    "virt-warden: policy a failed: TypeError: no web1\\n\\n\nvirt-warden: policy b failed: Error: oh (allowed by onError)\n",
  );
  const { failures, msg } = JSON.parse(await readFile(join(folder, "decisions.log"), "utf8"));
  assert.deepEqual(failures, [
    {
      policy: "a",
      kind: "exception",
      message: "TypeError: no web1\n\n",
      stack: ["refuse (shared/refuse.ts:4:9)", "check (policies/a.ts:5:5)"],
    },
    {
      policy: "b",
      kind: "exception",
      message: "Error: oh",
      stack: ["check (policies/b.ts:5:29)"],
      onError: "allow",
    },
  ]);
  assert.equal(msg, "refused: policy failure");
});

test("what a guest's document says cannot pose as a place in the policy", async () => {
  const title = "x&#10;    at forged (virt-warden:policy:1:700)&#10;    at virt-warden:policy:1:800";
  const failures = await decide(
    { "policies/a.ts": doing("a", "", "throw new Error('odd title ' + domain.title);") },
    guest(`<title>${title}</title>`),
  );
  assert.match(failures[0]?.message ?? "", /forged/);
  assert.deepEqual(failures[0]?.stack, ["check (policies/a.ts:5:11)"]);
});

test("a promise that is rejected later tells its place, and virt-warden's own helpers theirs", async () => {
  const failures = await decide({
    "policies/a.ts": doing("a", "", "void (async () => { await undefined; throw new Error('late'); })();"),
    "policies/b.ts": doing("b", "", "bytes({ value: 1, unit: 'x' } as never);"),
  });
  assert.equal(failures[0]?.message, "a promise was rejected: Error: late");
  assert.deepEqual(failures[0]?.stack, ["policies/a.ts:5:48"]);
  const { stack = [] } = failures[1] ?? {};
  assert.match(stack[0] ?? "", /^\w+ \(virt-warden\/dist\/helpers\/bytes\.js:\d+:\d+\)$/);
  assert.equal(stack.at(-1), "check (policies/b.ts:5:5)");
});

test("what is thrown without a stack, or fails without an exception, has none", async () => {
  const failures = await decide({
    "virt-warden.yaml": "limits: { time: 200ms }\n",
    "policies/a.ts": doing("a", "", "throw 'text';"),
    "policies/b.ts": doing("b", "", "return true as never;"),
    "policies/c.ts": doing("c", "", "for (;;);"),
    "policies/d.ts": doing("d", "", "throw { message: 'm', get stack() { throw 1; } };"),
    "policies/e.ts": doing("e", "", "throw { message: 'm', stack: 7 };"),
    "policies/f.ts": doing("f", "", `throw { message: 'm', stack: "x${"\\n    at f (/etc/passwd:1:1)".repeat(9)}" };`),
  });
  assert.deepEqual(
    failures.map(({ policy: name, kind, stack }) => [name, kind, stack]),
    [
      ["a", "exception", undefined],
      ["b", "invalid", undefined],
      ["c", "timeout", undefined],
      ["d", "exception", undefined],
      ["e", "exception", undefined],
      ["f", "exception", undefined],
    ],
  );
});

test("a policy sees no file's name in a stack, its own neither", async () => {
  const failures = await decide({
    "policies/secret-name.ts": doing(
      "a",
      'import { stack } from "../outer-folder/index.cjs";',
      "throw new Error(JSON.stringify([stack, new Error('x').stack, globalThis.toString()]));",
    ),
    "outer-folder/index.cjs": "exports.stack = new Error('y').stack;\n",
    "outer-folder/index.d.cts": "export declare const stack: string;\n",
  });
  assert.match(failures[0]?.message ?? "", /virt-warden:policy:\d+:\d+/);
  assert.doesNotMatch(failures[0]?.message ?? "", /secret-name|outer-folder\/|\.cjs|\.ts|\/home|\/tmp/);
});

test("a bundle that was built without source maps works, without stacks", async () => {
  const files = { "policies/a.ts": doing("a", "", "throw new Error(domain.name);"), "policies/b.ts": policy("b") };
  const built = await buildFiles(files);
  const codes = built.manifest.policies.map(({ offset, length }) =>
    Buffer.from(`${codeOfSlice(built.code.subarray(offset, offset + length))}\n`),
  );
  let offset = 0;
  const policies = built.manifest.policies.map((each, index) => {
    const length = codes[index]?.length ?? 0;
    offset += length;
    return { ...each, offset: offset - length, length };
  });
  const code = Buffer.concat(codes);
  const manifest = { ...built.manifest, policies, code: { bytes: code.length, sha256: sha256(code) } };
  const manifestText = JSON.stringify(manifest);
  const { status, failures } = await judgeBy({ ...built, code, manifest, manifestText, digest: sha256(manifestText) })(
    guest(),
  );
  assert.deepEqual(failures, [{ policy: "a", kind: "exception", message: "Error: web1" }]);
  assert.equal(status, 2);
});

test("what a policy found and logged before it timed out is kept", async () => {
  const files = {
    "virt-warden.yaml": "limits: { time: 300ms }\n",
    "policies/a.ts": policy("a").replace(
      "check() {}",
      'check({ deny, warn, log }) { deny("first", { at: "name" }); warn("odd"); log.info("here"); for (;;); }',
    ),
  };
  const { findings, logs, failures, status } = await judgeBy(await buildFiles(files))(guest());
  assert.deepEqual(
    findings.map(({ level, reason }) => [level, reason]),
    [
      ["deny", "first"],
      ["warn", "odd"],
    ],
  );
  assert.deepEqual(logs, [{ policy: "a", level: "info", message: "here" }]);
  assert.deepEqual(failures, [{ policy: "a", kind: "timeout", message: "timed out after 300 ms" }]);
  assert.equal(status, 1);
});

test("an exception while a policy loads is a problem at its line, whichever file threw", async () => {
  const lines = await buildProblems({
    "policies/a.ts": `import { refuse } from "../shared/refuse.ts";\n${policy("a")}refuse("load");\n`,
    "policies/b.ts": `${policy("b")}\n  throw new RangeError("b\\u001b[2J\\nvirt-warden: fine");\n`,
    "policies/c.ts": `import { bytes } from "virt-warden";\n\nbytes({ value: 1, unit: "x" } as never);\n${policy("c").replace(/^.*\n/, 'import { definePolicy } from "virt-warden";\n')}`,
    "policies/d.ts": `${policy("d")}throw "text";\n`,
    "shared/refuse.ts": HELPER,
  });
  assert.deepEqual(
    lines.map((line) => line.replace(/(a size: ).*$/, "$1…")),
    [
      "shared/refuse.ts:4:9: cannot load the policy: it threw TypeError: no load",
      "policies/b.ts:7:9: cannot load the policy: it threw RangeError: b\\u{1b}[2J virt-warden\\u{3a} fine",
      "policies/c.ts:3:1: cannot load the policy: it threw TypeError: Cannot convert a size: …",
      "policies/d.ts:1: cannot load the policy: it threw text",
    ],
  );
});
