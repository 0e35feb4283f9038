import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runCommand } from "../cli/run-command.ts";
import { makeFolder } from "../support/folder.ts";
import { readDocument } from "./documents.ts";

const PAGE = "docs/mistakes.md";
const HEAD = 'import { definePolicy } from "virt-warden";\nimport * as v from "valibot";\n';
const TEST_HEAD = 'import { guest, judge, test } from "virt-warden/test";\nimport policy from "./a.ts";\n';
const CHECK = 'check({ deny }) { deny("not here"); }';

const definition = (members: string): string => `export default definePolicy({\n  name: "a",\n  ${members}\n});\n`;
const policy = (members: string): Readonly<Record<string, string>> => ({
  "policies/a.ts": HEAD + definition(members),
  "virt-warden.yaml": "",
});
const configured = (yaml: string, members = CHECK): Readonly<Record<string, string>> => ({
  ...policy(members),
  "virt-warden.yaml": yaml,
});

/** The files in which a mistake is made, by what the page calls it; `written` is what its second column shows. */
const MISTAKES: Readonly<Record<string, (written: string) => Readonly<Record<string, string>>>> = {
  "a typo in a value": (written) => policy(`check({ domain, deny }) {\n    ${written} deny("not here");\n  }`),
  "a wrong event": (written) => policy(`${written},\n  ${CHECK}`),
  "no default export": (written) => ({
    "policies/a.ts": `${HEAD}${definition(CHECK).replace("export default definePolicy(", written)}`,
    "virt-warden.yaml": "",
  }),
  "a check that is asynchronous": (written) => policy(`${written} { deny("not here"); }`),
  "an import of Node's": (written) => ({
    "policies/a.ts": `${HEAD.replace('import * as v from "valibot";', written)}${definition('check({ deny }) { deny(readFileSync("/etc/hostname", "utf8")); }')}`,
    "virt-warden.yaml": "",
  }),
  "bad settings": (written) =>
    configured(
      `rules:\n  a:\n    settings:\n      ${written}\n`,
      "settings: v.object({ most: v.number() }),\n  check({ settings, deny }) { deny(String(settings.most)); }",
    ),
  "an unknown key of the configuration": (written) => configured(`rules:\n  a:\n    ${written}\n`),
  "a name that two policies have": (written) => {
    const files = policy(CHECK);
    return { ...files, "policies/b.ts": `${HEAD}export default definePolicy({ ${written}, ${CHECK} });\n` };
  },
  "an exemption that has expired": (written) => configured(`rules:\n  a:\n    exempt:\n      - ${written}\n`),
  "a test that asserts nothing": (written) => ({ ...policy(CHECK), "policies/a.test.ts": `${TEST_HEAD}${written}\n` }),
};

/** The page's rows, without the backquotes around code. */
const rows = readDocument(PAGE)
  .split("\n")
  .filter((line) => /^\| (?!mistake )/.test(line))
  .map((line) => line.slice(2, -2).split(" | ") as [string, string, string])
  .map(([mistake, written, message]) => ({ mistake, written: bare(written), message: bare(message) }));

function bare(cell: string): string {
  return cell.replaceAll("`<br>`", " ").replace(/^`(.*)`$/, "$1");
}

describe(PAGE, () => {
  it("names each mistake once", () => {
    assert.deepEqual(
      rows.map(({ mistake }) => mistake),
      Object.keys(MISTAKES),
    );
  });

  for (const { mistake, written, message } of rows) {
    it(`says what is said of ${mistake}`, async () => {
      const files = MISTAKES[mistake]?.(written) ?? assert.fail("it is not made here");
      assert.ok(Object.values(files).some((text) => text.includes(written)));
      const cwd = await makeFolder(files);
      if (Object.hasOwn(files, "policies/a.test.ts")) {
        const { stdout, status } = runCommand(["test"], { cwd });
        // it is broken into lines of 80 columns
        assert.ok(stdout.replaceAll(/\s+/g, " ").includes(` ${message} `), stdout);
        assert.equal(status, 1);
        return;
      }
      const { stderr, status } = runCommand(["build", "--out", "bundle"], { cwd });
      const [said, ...rest] = stderr.split("\n");
      assert.equal(said, message);
      assert.equal(status, message.includes(": warning: ") ? 0 : 1);
      assert.deepEqual(
        rest.filter((line) => !line.startsWith("virt-warden: nothing was written") && line !== ""),
        [],
      );
    });
  }
});
