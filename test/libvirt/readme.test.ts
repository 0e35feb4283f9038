import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { productRoot } from "../../src/product.ts";
import { makeFolder } from "../support/folder.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";

const MARK = "<!-- trial: test/libvirt/readme.test.ts runs it -->\n```sh\n";

/** What stands for systemd in a private host: `systemctl reload libvirtd`. */
const SYSTEMCTL = `#!/bin/sh
[ "$*" = "reload libvirtd" ] && exec pkill -HUP -x libvirtd
`;

describe("the README's trial", { skip: missingForLibvirt(), timeout: 120_000 }, () => {
  it("denies one guest, starts another, finds the host in order and leaves nothing behind", async () => {
    const [, rest = ""] = readFileSync(join(productRoot, "README.md"), "utf8").split(MARK);
    const [script = ""] = rest.split("```");
    const folder = await makeFolder();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/systemctl"), SYSTEMCTL, { mode: 0o755 });
    await using host = await startHost({ hostname: "trial" });
    const prelude = `cd ${productRoot}; TMPDIR=${folder}; export TMPDIR; PATH=${folder}/bin:$PATH\n`;
    const { status, stdout, stderr } = await host.run("sh", "-c", prelude + script);
    const said = stdout + stderr;
    assert.match(
      said,
      /virt-warden: denied by no-host-passthrough: CPU mode host-passthrough ties the guest to this host/,
    );
    assert.match(said, /denied, as it should be\n/);
    assert.match(said, /Domain 'trial-allowed' started/);
    assert.match(said, /enforcement is in force/);
    assert.equal(status, 0, said);
    assert.deepEqual(readdirSync(folder), ["bin"]);
    assert.deepEqual(readdirSync(host.at("/etc/libvirt/hooks")), []);
    const started = await host.virsh("list", "--all", "--name");
    assert.equal(started.stdout.trim(), "");
  });
});
