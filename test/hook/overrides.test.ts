import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { type Built, build, GUEST, hook } from "../support/launcher.ts";

const WORDS = ["qemu", "web1", "prepare", "begin", "-"];
const RULES = `rules:
  exempt: { exempt: [{ domain: "web*", reason: the web tier moves, expires: 2999-12-31 }] }
  audited: { mode: audit }
  warned: { mode: warn, onError: allow }
`;

describe("what configuration takes away from policies", () => {
  let built: Built;
  before(async () => {
    const deny = 'context.deny("not here");';
    built = await build({ exempt: deny, audited: deny, warned: deny }, RULES);
  });

  test("is logged with each finding: the mode, and the exemption with its reason and last day", async () => {
    const { status, stderr } = await hook(built.bundle, WORDS);
    assert.equal(status, 0, stderr);
    const { findings } = JSON.parse(readFileSync(built.log, "utf8").trimEnd().split("\n").at(-1) ?? "");
    const denied = { level: "deny", reason: "not here" };
    assert.deepEqual(findings, [
      { policy: "audited", mode: "audit", ...denied },
      {
        policy: "exempt",
        mode: "enforce",
        ...denied,
        exempt: { reason: "the web tier moves", expires: "2999-12-31" },
      },
      { policy: "warned", mode: "warn", ...denied },
    ]);
  });

  test("reaches no engine failure", async () => {
    for (const document of ["<domain", "", `<!DOCTYPE domain>${GUEST}`]) {
      const { status, stderr } = await hook(built.bundle, WORDS, document);
      assert.equal(status, 3, document);
      assert.match(stderr, /^virt-warden: engine failure: /);
    }
  });

  test("of an exemption ends with its last day: then the guest is refused", async () => {
    const rules = 'rules: { a: { exempt: [{ domain: "web*", reason: moves, expires: 2020-01-31 }] } }\n';
    const expired = await build({ a: 'context.deny("not here");' }, rules);
    assert.deepEqual(await hook(expired.bundle, WORDS), {
      status: 1,
      stdout: "",
      stderr: "virt-warden: denied by a: not here\n",
    });
  });
});
