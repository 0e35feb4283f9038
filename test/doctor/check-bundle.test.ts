import assert from "node:assert/strict";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { before, beforeEach, describe, test } from "node:test";
import { buildBundle } from "../../src/bundle/build-bundle.ts";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { readConfiguration } from "../../src/config/read-configuration.ts";
import { checkBundle } from "../../src/doctor/check-bundle.ts";
import { checkRules } from "../../src/doctor/check-rules.ts";
import { checkSources } from "../../src/doctor/check-sources.ts";
import type { Row } from "../../src/doctor/row.ts";
import { policy } from "../bundle/build.ts";
import { makeFolder } from "../support/folder.ts";
import { needsRoot } from "../support/needs-root.ts";

const CONFIGURATION = `rules:
  b: { mode: audit, exempt: [{ domain: "build-*", reason: moves, expires: 2030-01-31 }] }
  c: { mode: off }
`;

describe("the check of a bundle", { ...needsRoot() }, () => {
  let folder: string;
  let config: string;
  let whole: string;
  let bundle: string;
  let build: string;
  before(async () => {
    folder = await makeFolder({
      "virt-warden.yaml": CONFIGURATION,
      "policies/a.ts": policy("a"),
      "policies/b.ts": policy("b"),
      "policies/c.ts": policy("c"),
    });
    [config, whole, bundle] = [join(folder, "virt-warden.yaml"), join(folder, "whole"), join(folder, "bundle")];
    build = `virt-warden build --config ${config} --out ${bundle}`;
    await writeBundle(await buildBundle(await readConfiguration(config)), whole);
  });
  beforeEach(() => {
    rmSync(bundle, { recursive: true, force: true });
    cpSync(whole, bundle, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  });

  async function rows(): Promise<readonly Row[]> {
    return (await checkBundle({ bundle, config }, true)).rows;
  }

  async function assertFault(detail: RegExp, mend = build): Promise<void> {
    const [row, ...others] = await rows();
    assert.equal(row?.status, "fault");
    assert.match(row.detail, detail);
    assert.deepEqual([row.mend, others], [mend, []]);
  }

  test("finds nothing wrong with what build wrote", async () => {
    const [row] = await rows();
    assert.equal(row?.status, "ok");
    assert.match(row.detail, /\/bundle is whole: [0-9a-f]{16}, 3 policies$/);
  });

  test("finds a missing one, a damaged one and one of another format", async () => {
    appendFileSync(join(bundle, "current/policies.js"), " ");
    await assertFault(/policies\.js: the bundle is damaged: this file is not what was written$/);
    appendFileSync(join(bundle, "current/manifest.json"), " ");
    await assertFault(/manifest\.json: the bundle is damaged: this file is not what was written$/);
    writeFileSync(join(bundle, "current/launch"), "virt-warden-bundle 9\n");
    await assertFault(/the bundle has format 9/);
    rmSync(bundle, { recursive: true });
    await assertFault(/\/bundle: cannot read the bundle: there is none$/);
  });

  test("finds one that others may change or replace", async () => {
    const launch = join(realpathSync(join(bundle, "current")), "launch");
    chownSync(launch, 1234, 0);
    const claim = (path: string): string => `chown root:root ${path}; chmod go-w ${path}`;
    await assertFault(/launch: cannot trust the bundle: others than root may write to it$/, claim(launch));
    rmSync(launch);
    symlinkSync(join(whole, "current/launch"), launch);
    await assertFault(/launch: cannot trust the bundle: it is a link$/, `rm ${launch}; ${build}`);
    rmSync(launch);
    cpSync(join(whole, "current/launch"), launch);
    const mode = statSync(folder).mode;
    chmodSync(folder, 0o777);
    await assertFault(/others than root can replace the bundle: of .*, everybody may write to it$/, claim(folder));
    chmodSync(folder, mode);
    chownSync(folder, 1234, 0);
    await assertFault(
      /others than root can replace the bundle: of .*, it belongs to uid 1234$/,
      `keep it in a folder of root's: virt-warden build --config ${config}, then virt-warden install`,
    );
    chownSync(folder, 0, 0);
  });

  test("tells which policies deny nothing, and which exemptions have expired or soon will", async () => {
    const { bundle: read } = await checkBundle({ bundle, config }, true);
    assert.ok(read);
    const modes = "enforce: 1 of 3; audit: b; off: c";
    const rules = (day: string): readonly Row[] => checkRules(read.manifest, { bundle, config }, new Date(day));
    assert.deepEqual(rules("2030-01-16T23:00:00Z"), [{ check: "modes", status: "ok", detail: modes }]);
    for (const day of ["2030-01-17", "2030-01-31T23:00:00Z"]) {
      assert.equal(rules(day)[1]?.detail, "that of build-* from b ends with 2030-01-31");
    }
    const expired = rules("2030-02-01")[1];
    assert.equal(expired?.detail, "that of build-* from b expired on 2030-01-31");
    assert.equal(expired.mend, `renew or remove it in the configuration, then ${build}`);
    assert.equal(expired.status, "warning");
    const policies = read.manifest.policies.filter(({ mode }) => mode !== "enforce");
    assert.equal(checkRules({ policies }, { bundle, config }, new Date())[0]?.status, "warning");
  });

  test("compares a bundle with what its sources give now", async () => {
    const { bundle: read } = await checkBundle({ bundle, config }, true);
    assert.ok(read);
    const sources = async (): Promise<readonly unknown[]> => {
      const [row] = await checkSources(read, { bundle, config });
      return [row?.status, row?.detail.replaceAll(folder, ""), row?.mend];
    };
    const source = join(folder, "policies/a.ts");
    const same = ["ok", "the bundle is what /virt-warden.yaml gives now", undefined];
    assert.deepEqual(await sources(), same);
    const later = Date.now() / 1000 + 60;
    utimesSync(source, later, later);
    assert.deepEqual(await sources(), same, "only touched");

    writeFileSync(source, policy("a", '\n  on: ["qemu/start"],'));
    utimesSync(source, later, later);
    assert.deepEqual(await sources(), [
      "fault",
      "the bundle is older than /policies/a.ts, and not what that gives now",
      build,
    ]);
    utimesSync(source, 1, 1);
    const [status, detail] = await sources();
    assert.deepEqual(
      [status, `${detail}`.slice(0, 49)],
      ["warning", "the bundle is not what /virt-warden.yaml gives no"],
    );

    writeFileSync(source, "export default 1 +;");
    utimesSync(source, later, later);
    const [broken, why, mend] = await sources();
    assert.deepEqual([broken, mend], ["fault", `mend them, then ${build}`]);
    assert.match(`${why}`, /^the sources do not build, so what they say is not in force: \/policies\/a\.ts:1:19: /);
    const [missing] = await checkSources(read, { bundle, config: join(folder, "none.yaml") });
    assert.match(`${missing?.status} ${missing?.detail}`, /^warning the sources do not build.*none\.yaml: cannot read/);
  });
});

test("a bundle that watches nothing enforces nothing", { ...needsRoot() }, async () => {
  const folder = await makeFolder({
    "virt-warden.yaml": "rules: { a: { mode: off } }\n",
    "policies/a.ts": policy("a"),
  });
  const config = join(folder, "virt-warden.yaml");
  const bundle = join(folder, "bundle");
  await writeBundle(await buildBundle(await readConfiguration(config)), bundle);
  const { rows } = await checkBundle({ bundle, config }, true);
  assert.deepEqual(
    rows.map(({ status, detail }) => [status, detail]),
    [["fault", "no policy of the bundle watches any event: nothing is judged"]],
  );
});
