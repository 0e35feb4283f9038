import assert from "node:assert/strict";
import { test } from "node:test";
import { hookWords } from "../../src/hook/invocation.ts";
import { answerFor } from "../../src/sandbox/evaluate.ts";
import { buildFiles } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";

/** A policy with this `rewrite`, whose check denies documents with the title `bad`. */
function policy(name: string, rewrite: string, more = ""): string {
  return `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "${name}",
  on: ["qemu/migrate"],
  ${more}
  check({ domain, deny, log }) {
    if (domain.title === "bad") deny("a bad title", { at: "title" });
    const [graphics] = domain.devices?.graphics ?? [];
    const passwd = graphics?.type === "vnc" ? graphics.passwd : undefined;
    log.info("judged", { title: domain.title, passwd, length: passwd?.length });
  },
  rewrite({ domain, edit, log }) { ${rewrite} },
});
`;
}

const SPAN = "const end = Date.now() + 30_000; while (Date.now() < end);";
const STUCK = "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, domain);";
const FULL = "const all: unknown[] = []; for (;;) all.push(new Array(10_000).fill(all.length));";

/** Decides by policies with these rewritings, by their names. */
async function answer(rewritings: Readonly<Record<string, string>>, title = "old", configuration = "") {
  const files = Object.entries(rewritings).map(([name, source]) => [`policies/${name}.ts`, source]);
  const limits = "limits: { time: 400ms, memory: 32MiB, deadline: 20s }\n";
  const bundle = await buildFiles({ "virt-warden.yaml": limits + configuration, ...Object.fromEntries(files) });
  const graphics = "<devices><graphics type='vnc' port='-1' passwd='s3cr3t'/></devices>";
  const came = guest(`<title>${title}</title>${graphics}`);
  const answered = await answerFor(bundle, hookWords("qemu/migrate") ?? [], Buffer.from(came));
  return { ...answered, came, document: answered.document && Buffer.from(answered.document).toString() };
}

test("a policy's rewriting reaches libvirt's document and every check, and secrets only the policies that ask", async () => {
  const { decision, document, came } = await answer({
    a: policy("a", "edit.setText('title', domain.title + 'er');"),
    b: policy("b", "log.info('saw', { title: domain.title });", "needs: ['secrets'],"),
  });
  assert.equal(decision.status, 0, JSON.stringify(decision));
  assert.equal(document, came.replace(">old<", ">older<"));
  assert.deepEqual(
    decision.logs.map(({ policy: name, message, fields }) => [name, message, fields]),
    [
      ["a", "judged", { title: "older", passwd: "********", length: 8 }],
      ["b", "saw", { title: "old" }],
      ["b", "judged", { title: "older", passwd: "********", length: 6 }],
    ],
  );
});

test("a rewriting that cannot be stopped, or takes all memory, or its time, is its policy's failure alone", async () => {
  const { decision, document } = await answer(
    {
      "a-moves": policy("a-moves", "edit.setText('title', 'bad');"),
      "b-stuck": policy("b-stuck", STUCK),
      "c-slow": policy("c-slow", SPAN),
      "d-full": policy("d-full", FULL),
    },
    "old",
    "rules: { b-stuck: { onError: allow } }\n",
  );
  assert.equal(document, undefined);
  assert.equal(decision.status, 1, "a's edit is judged by all that are left");
  assert.deepEqual(
    decision.failures.map(({ policy: name }) => name),
    ["b-stuck", "c-slow", "d-full"],
  );
  const kinds = decision.failures.map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(0, 2), ["timeout", "timeout"]);
  // on a busy host the time is up first
  assert.match(String(kinds[2]), /^(memory|timeout)$/);
  const denying = new Set(decision.findings.map(({ policy: name }) => name));
  assert.ok(denying.has("a-moves") && denying.has("c-slow"));
});
