import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { guest } from "../support/documents.ts";
import { type Built, build, hook, run } from "../support/launcher.ts";

const SECRETS = ["v-hunter2", "s&<piece>'pw\"", "c00kie", "qe,mu=pw"];

const DOCUMENT = guest(`<devices>
    <disk type='network'>
      <source protocol='https' name='a'><host name='h'/><cookies><cookie name='id'>c00kie</cookie></cookies></source>
      <target dev='vda'/>
    </disk>
    <graphics type='vnc' passwd='&#118;-hunter2'/>
    <graphics type='spice' passwd='s&amp;&lt;piece&gt;&apos;pw"'/>
  </devices>
  <q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>
    <q:arg value='-object'/><q:arg value='secret,id=s0,data=qe,,mu=pw'/>
  </q:commandline>`);

/** A policy that says all that it knows of secrets, in every way that it has. */
function teller(name: string, needs: string, end: string): string {
  return `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "${name}",
  on: ["qemu/prepare", "qemu/migrate"],
  ${needs}
  check({ domain, xml, log, deny, warn }) {
    const known = [
      ...(domain.devices?.graphics ?? []).map((each) => ("passwd" in each ? each.passwd : undefined)),
      ...(domain.devices?.disk ?? []).map((each) => each.type === "network" && each.source?.protocol === "https" ? each.source.cookies?.cookie[0]?.value : undefined),
      ...(domain["qemu:commandline"]?.["qemu:arg"] ?? []).map((each) => each.value),
    ].map(String);
    for (const each of known) {
      deny("password " + each, { at: "devices/graphics[@passwd='" + each + "']" });
      warn(encodeURIComponent(each) + JSON.stringify(each), { at: each });
      log.error(each, { [each]: each, list: [each], json: JSON.stringify({ each }), before: "x".repeat(1900) });
      log.info("y".repeat(1996) + each);
      log.info(known.join(), { known, whole: JSON.stringify(domain.devices?.graphics), xml: JSON.stringify(xml.children.at(-2)) });
    }
    const secret = known[0] ?? "";
    const named = { [secret]() { ${end} } };
    named[secret]?.();
  },
});
`;
}

const POLICIES = {
  throws: teller("throws", 'needs: ["secrets"],', "throw Object.assign(new Error(known.join()), { name: secret });"),
  rejects: teller("rejects", 'needs: ["secrets"],', "Promise.reject(new Error(known.join()));"),
  "throws-text": teller("throws-text", 'needs: ["secrets"],', "throw secret;"),
  ignorant: teller("ignorant", "", "throw new Error(known.join());"),
};

let built: Built;
before(async () => {
  built = await build(POLICIES);
});

/** Fails where a text holds a secret, or any piece of one that a reader could use, in whatever spelling. */
function assertHasNone(output: string, what: string): void {
  const spellings = SECRETS.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    secret.replaceAll(",", ",,"),
  ]);
  for (const spelling of [...spellings, "hunter2", "piece", "c00k", "mu=pw"]) {
    assert.ok(!output.includes(spelling), `${what} holds ${spelling}: ${output}`);
  }
  assert.ok(output.includes("********"), `${what} says nothing: ${output}`);
}

test("no command's output and no record holds a secret, whatever a policy says", async () => {
  const inputs = [
    ["eval", "--bundle", built.bundle, "-"],
    ["eval", "--bundle", built.bundle, "--json", "-"],
    ["eval", "--bundle", built.bundle, "--event", "qemu/migrate", "--json", "-"],
    ["inspect", "--json", "-"],
  ];
  for (const words of inputs) {
    const { status, stdout, stderr } = await run(words, DOCUMENT);
    assert.equal(status, words[0] === "eval" ? 1 : 0, stderr);
    assertHasNone(stdout + stderr, words.slice(0, 1).join());
  }
});

test("neither a hook's stderr nor its log line holds a secret, and all policies are heard", async () => {
  const { status, stdout, stderr } = await hook(built.bundle, undefined, DOCUMENT);
  assert.deepEqual([status, stdout], [1, ""]);
  assertHasNone(stderr, "stderr");
  const log = readFileSync(built.log, "utf8");
  assertHasNone(log, "the log");
  const { findings, failures } = JSON.parse(log.trimEnd().split("\n").at(-1) ?? "");
  const names = Object.keys(POLICIES).toSorted();
  assert.deepEqual([...new Set(findings.map(({ policy }: { policy: string }) => policy))].toSorted(), names);
  assert.deepEqual(failures.map(({ policy }: { policy: string }) => policy).toSorted(), names);
  assert.ok(stderr.includes("denied by throws: password ********"));
});
