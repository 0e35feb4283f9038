import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { type Built, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { BAD, buildNoBad, callOn, callThrough } from "./call.ts";
import { assertAllowed, assertDenied, assertNeverWrong, assertRefused } from "./expect.ts";

/**
 * Takes a program off a host: its folder becomes one of links to all the others. What cannot be removed then, such as the
 * document, stays in a `/run` of its own.
 */
function without(program: string): string {
  return `file=$(command -v ${program}) && folder=$(dirname "$(readlink -f "$(dirname "$file")")/x") &&
    mount -t tmpfs none /run && mount -t tmpfs none /mnt && mkdir /mnt/all /mnt/others && mount --bind "$folder" /mnt/all &&
    cp -as /mnt/all/. /mnt/others/ && rm /mnt/others/${program} && mount --bind /mnt/others "$folder"`;
}

/** What the log says of a wall that is not whole. */
async function skippedLayers({ log }: Built): Promise<readonly string[] | undefined> {
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n");
  return (JSON.parse(lines.at(-1) ?? "") as { skippedLayers?: string[] }).skippedLayers;
}

describe("a host without a program of the wall", { ...needsRoot() }, () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
  });

  for (const program of ["setpriv", "timeout"]) {
    test(`refuses without ${program}, and names it`, async () => {
      const ended = await callOn(without(program), built.bundle, { document: BAD });
      assertRefused(ended, new RegExp(`engine failure: .*${program} is missing; install it`));
    });
  }

  test("judges the same without unshare, and says in the log which layers are skipped", async () => {
    assertAllowed(await callOn(without("unshare"), built.bundle));
    assert.ok((await skippedLayers(built))?.includes("network"));
    assertDenied(await callOn(without("unshare"), built.bundle, { document: BAD }));
    assert.ok((await skippedLayers(built))?.includes("processes"));
  });

  for (const program of ["prlimit", "flock", "logger"]) {
    test(`judges the same without ${program}, or says at most that it cannot log`, async () => {
      const statuses = await assertNeverWrong((options) => callOn(without(program), built.bundle, options), program);
      assert.deepEqual(statuses, [0, 1]);
    });
  }

  // no host is without these; should one be, the shell says so as well
  const others = "awk cat cut date dirname env fallocate find grep head mkdir mktemp nproc readlink rm sed sleep tr wc";
  for (const program of others.split(" ")) {
    test(`never allows what it should not without ${program}`, async () => {
      for (const [document, verdict] of [[GUEST, 0] as const, [BAD, 1] as const]) {
        const { status, stderr, stdout, seconds } = await callOn(without(program), built.bundle, { document });
        assert.ok(status === verdict || status === 3, `${status}: ${stderr}`);
        if (status === 3) assert.match(stderr, /virt-warden: engine failure: /);
        assert.equal(stdout, "");
        assert.ok(seconds < 10.5, `${seconds} s`);
      }
    });
  }
});

describe("a root without all of root's powers", { ...needsRoot() }, () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
  });

  const without = (...capabilities: readonly string[]) => {
    const list = capabilities.map((each) => `-${each}`).join();
    return ["setpriv", `--bounding-set=${list}`, `--inh-caps=${list}`];
  };

  test("judges the same without namespaces, and says in the log which layers are skipped", async () => {
    assertAllowed(await callThrough(without("sys_admin"), built.bundle));
    const skipped = await skippedLayers(built);
    assert.ok(skipped?.includes("network") && skipped.includes("processes"), String(skipped));
    assertDenied(await callThrough(without("sys_admin"), built.bundle, { document: BAD }));
  });

  test("judges the same without the power to give up powers, and says so in the log", async () => {
    assertDenied(await callThrough(without("setpcap"), built.bundle, { document: BAD }));
    assert.ok((await skippedLayers(built))?.includes("capabilities"));
  });

  test("refuses where policies would run as root", async () => {
    for (const capability of ["setuid", "setgid"]) {
      assertRefused(await callThrough(without(capability), built.bundle), /engine failure: /, capability);
    }
  });

  test("never allows what it should not without any powers", async () => {
    await assertNeverWrong((options) => callThrough(without("all"), built.bundle, options), "none");
  });
});
