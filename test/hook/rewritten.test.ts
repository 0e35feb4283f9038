import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { type Built, build, GUEST, hook } from "../support/launcher.ts";

const RENAME = `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "entitle",
  on: ["qemu/prepare", "qemu/migrate"],
  check({ domain, deny }) { if (domain.name === "bad") deny("bad guests do not arrive"); },
  rewrite({ domain, edit }) { if (domain.title !== undefined) edit.setText("title", "moved <here>"); },
});
`;

const MIGRATE = ["qemu", "web1", "migrate", "begin", "-"];
const TITLED = GUEST.replace("</domain>", "\r\n <title>\u00fc</title><!-- kept -->\r\n</domain>\n");

describe("a hook whose policy rewrites", () => {
  let built: Built;
  before(async () => {
    built = await build({ entitle: RENAME });
  });

  test("prints the new document, with every other byte as it was", async () => {
    const { status, stdout, stderr } = await hook(built.bundle, MIGRATE, TITLED);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(stdout, TITLED.replace("\u00fc", "moved &lt;here&gt;"));
  });

  test("prints nothing where nothing changes, so that libvirt keeps the document", async () => {
    assert.deepEqual(await hook(built.bundle, MIGRATE), { status: 0, stdout: "", stderr: "" });
  });

  test("prints nothing for a guest that is denied", async () => {
    const { status, stdout } = await hook(built.bundle, MIGRATE, TITLED.replace("<name>web1", "<name>bad"));
    assert.deepEqual([status, stdout], [1, ""]);
  });

  test("prints nothing at an event where libvirt takes no document", async () => {
    const { status, stdout } = await hook(built.bundle, ["qemu", "web1", "prepare", "begin", "-"], TITLED);
    assert.deepEqual([status, stdout], [0, ""]);
  });

  test("logs where it rewrote, and not what", async () => {
    const lines = (await readFile(built.log, "utf8")).trimEnd().split("\n");
    assert.match(lines[0] ?? "", /"rewrites":\[\{"policy":"entitle","edit":"set-text","at":"title"\}\]/);
    assert.doesNotMatch(lines[0] ?? "", /moved/);
  });

  test("prints a document of 1 MB whole", async () => {
    const large = TITLED.replace("<!-- kept -->", `<!--${"x".repeat(1_000_000)}-->`);
    const { status, stdout, stderr } = await hook(built.bundle, MIGRATE, large);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(stdout, large.replace("\u00fc", "moved &lt;here&gt;"));
  });
});
