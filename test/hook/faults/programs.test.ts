import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Built, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { BAD, buildNoBad, callOn, callThrough } from "./call.ts";
import { assertNeverWrong, assertRefused, BOUND } from "./expect.ts";

/**
 * Takes a program off a host: its folder becomes one of links to all the others. What cannot be removed then, such as the
 * document, stays in a `/run` of its own.
 */
function without(program: string): string {
  return `file=$(command -v ${program}) && folder=$(dirname "$(readlink -f "$(dirname "$file")")/x") &&
    mount -t tmpfs none /run && mount -t tmpfs none /mnt && mkdir /mnt/all /mnt/others && mount --bind "$folder" /mnt/all &&
    cp -as /mnt/all/. /mnt/others/ && rm /mnt/others/${program} && mount --bind /mnt/others "$folder"`;
}

// what sandbox/wall/missing-layers.test.ts holds: the wall's programs and powers
describe("a host without a program", { ...needsRoot() }, () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
  });

  for (const program of ["cat", "dd", "find", "rm", "sha256sum"]) {
    test(`refuses without ${program}, and names it`, async () => {
      const ended = await callOn(without(program), built.bundle, { document: BAD });
      assertRefused(ended, new RegExp(`engine failure: .*${program} is missing; install it`));
    });
  }

  for (const program of ["flock", "logger"]) {
    test(`judges the same without ${program}, or says at most that it cannot log`, async () => {
      const statuses = await assertNeverWrong((options) => callOn(without(program), built.bundle, options), program);
      assert.deepEqual(statuses, [0, 1]);
    });
  }

  // no host is without these; should one be, the shell says so as well
  const others = "cut date fallocate grep mkdir mktemp nproc readlink sed tr wc";
  for (const program of others.split(" ")) {
    test(`never allows what it should not without ${program}`, async () => {
      for (const [document, verdict] of [[GUEST, 0] as const, [BAD, 1] as const]) {
        const { status, stderr, stdout, seconds } = await callOn(without(program), built.bundle, { document });
        assert.ok(status === verdict || status === 3, `${status}: ${stderr}`);
        if (status === 3) assert.match(stderr, /virt-warden: engine failure: /);
        assert.equal(stdout, "");
        assert.ok(seconds < BOUND, `${seconds} s`);
      }
    });
  }
});

test("a root without any of root's powers never allows what it should not", { ...needsRoot() }, async () => {
  const { bundle } = await buildNoBad();
  const powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];
  await assertNeverWrong((options) => callThrough(powerless, bundle, options), "none");
});
