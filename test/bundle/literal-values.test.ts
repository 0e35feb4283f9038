import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { run } from "../support/launcher.ts";
import { buildProblems, policy } from "./build.ts";

const MODES = '"custom", "host-model", "host-passthrough" or "maximum"';

/** A policy whose check has this code in line 4. */
function checking(code: string): string {
  return policy("a").replace("check() {}", `check({ domain, event, deny }) { void [domain, event, deny];\n${code}\n}`);
}

/** The lines of what is wrong with a check's code, and with code after the policy, without file and line. */
async function problemsIn(code: string, after = ""): Promise<string[]> {
  const lines = await buildProblems({ "policies/a.ts": `${checking(code)}${after}` });
  return lines.map((line) => line.replace(/^policies\/a\.ts:\d+:\d+: /, ""));
}

test("a comparison with a wrong literal names the property, what was meant, and the values that exist", async () => {
  const expected = `did you mean "host-passthrough"? It can be ${MODES} (TS2367)`;
  assert.deepEqual(
    await buildProblems({ "policies/a.ts": checking('if (domain.cpu?.mode === "host-passtrough") deny("x");') }),
    [`policies/a.ts:5:5: domain.cpu?.mode is never "host-passtrough" here; ${expected}`],
  );
  assert.deepEqual(await problemsIn("if ('host-passtrough' != domain.cpu?.mode) deny('x');"), [
    `domain.cpu?.mode is never "host-passtrough" here; ${expected}`,
  ]);
});

test("a property behind ! is named as well", async () => {
  const code = `if (domain.cpu!.mode === "costum") deny("x");
    if (domain.devices!.disk[0]!.device !== "flopy") deny("x");
    if (domain.cpu!.mode!=="costum") deny("x");
    if (domain.cpu!.mode! === "costum") deny("x");`;
  assert.deepEqual(
    (await problemsIn(code)).map((line) => line.replace(/ here; .*/, "")),
    [
      'domain.cpu!.mode is never "costum"',
      'domain.devices!.disk[0]!.device is never "flopy"',
      'domain.cpu!.mode is never "costum"',
      'domain.cpu!.mode! is never "costum"',
    ],
  );
});

test("a comparison of an element that holds nothing says what to compare it with", async () => {
  assert.deepEqual(await problemsIn('if (domain.features?.acpi === "on") deny("x");'), [
    "domain.features?.acpi is an element that holds nothing: compare it with undefined, to see whether it is there (TS2367)",
  ]);
});

test("virt-warden build prints the same line", async () => {
  const source = checking('if (domain.cpu?.mode === "host-passtrough") deny("x");');
  const folder = await makeFolder({ "virt-warden.yaml": "", "policies/a.ts": source });
  const { status, stderr } = await run([
    "build",
    "--config",
    `${folder}/virt-warden.yaml`,
    "--out",
    `${folder}/bundle`,
  ]);
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^.*policies\/a\.ts:5:5: domain\.cpu\?\.mode is never "host-passtrough" here; did you mean "host-passthrough"\? It can be .*\(TS2367\)$/m,
  );
});

test("where nothing is near, there is no guess", async () => {
  assert.deepEqual(await problemsIn('if (domain.cpu?.mode === "zzzzzzzz") deny("x");'), [
    `domain.cpu?.mode is never "zzzzzzzz" here; it can be ${MODES} (TS2367)`,
  ]);
});

test("what other checks have ruled out already is not among the values", async () => {
  const code = `const mode = domain.cpu?.mode;
    if (mode === "custom" || mode === "host-model") return;
    if (mode === "custom") deny("x");
    if (mode === "maximum") return;
    if (mode === "maxium") deny("y");`;
  assert.deepEqual(await problemsIn(code), [
    'mode is never "custom" here; it can be "host-passthrough" or "maximum" (TS2367)',
    'mode is never "maxium" here; it can only be "host-passthrough" (TS2367)',
  ]);
});

test("a comparison that is more than properties and literals has no name, and all the rest", async () => {
  const code = 'if ((domain.cpu ?? { mode: undefined }).mode === "costum") deny("x");';
  assert.deepEqual(await problemsIn(code), [
    `what is compared is never "costum" here; did you mean "custom"? It can be ${MODES} (TS2367)`,
  ]);
});

test("a case, an argument and an assignment name the values as well", async () => {
  const code = `switch (domain.cpu?.mode) { case "kustom": deny("x"); }
    const modes: NonNullable<NonNullable<typeof domain.cpu>["mode"]>[] = ["custom", "maximun", "zzzzzzzz"];
    if (modes.includes("kustom")) deny("x");`;
  const means = 'did you mean "custom"? It can be';
  assert.deepEqual(await problemsIn(code), [
    `this case never comes: the value is never "kustom" here; ${means} ${MODES} (TS2678)`,
    `"maximun" is not possible here; did you mean "maximum"? It can be ${MODES} (TS2820)`,
    `"zzzzzzzz" is not possible here; it can be ${MODES} (TS2322)`,
    `"kustom" is not possible here; ${means} ${MODES} (TS2345)`,
  ]);
});

test("events are listed by what the policy watches, and twenty at most", async () => {
  assert.deepEqual(await problemsIn('if (event === "qemu/prepar") deny("x");'), [
    'event is never "qemu/prepar" here; did you mean "qemu/prepare"? It can be "qemu/prepare", "qemu/migrate" or "qemu/restore" (TS2367)',
  ]);
  const [line = ""] = await buildProblems({ "policies/a.ts": policy("a", '\n  on: ["lxc/strat"],') });
  assert.match(
    line,
    /^policies\/a\.ts:4:8: "lxc\/strat" is not possible here; did you mean "lxc\/start"\? It can be "/,
  );
  assert.match(line, / and \d+ more \(TS2820\)$/);
  assert.equal(line.match(/"(?:qemu|lxc|libxl|bhyve|network|daemon)\/[a-z-]+"/g)?.length, 22);
});

test("of many values the first twenty are listed and the others counted, whatever letters they have", async () => {
  const values = Array.from({ length: 30 }, (_, index) => `a | 'b' "c" ${index + 10}`);
  const union = values.map((value) => JSON.stringify(value)).join(" | ");
  const after = `export const f = (value: ${union} | 7) => value === "zzzzzzzzzzzz";\n`;
  const listed = values.slice(0, 20).map((value) => JSON.stringify(value));
  assert.deepEqual(await problemsIn("", after), [
    `value is never "zzzzzzzzzzzz" here; it can be ${listed.join(", ")} and 11 more (TS2367)`,
  ]);
});

test("a number compared with a text, or a text with a number, says which of them it is", async () => {
  const code = `if (domain.vcpu?.value === "2") deny("x");
    if (domain.name === 5) deny("x");
    if (domain.cpu?.mode === true) deny("x");`;
  assert.deepEqual(await problemsIn(code), [
    'domain.vcpu?.value is a number, never the text "2": write 2 (TS2367)',
    "domain.name is a text, never the number 5 (TS2367)",
    "domain.cpu?.mode is a text, never the boolean true (TS2367)",
  ]);
});

test("values beside any number are told apart from it", async () => {
  const after = `export const f = (value: "auto" | "none" | number) => value === "atuo";\n`;
  assert.deepEqual(await problemsIn("", after), [
    'value is never "atuo" here; did you mean "auto"? It can be "auto", "none" or any number (TS2367)',
  ]);
});

test("what is about other types stays as the compiler says it, its types cut to a readable length", async () => {
  const after = `export const a = (value: { x: 1 }) => value === "x";
const many = [${Array.from({ length: 40 }, (_, index) => `"value-${index}"`).join(", ")}] as const;
export const b: boolean[] = [...many];\n`;
  const [first, second = ""] = await problemsIn("", after);
  assert.match(first ?? "", /^This comparison appears to be unintentional because the types '{ x: 1; }' and 'string' /);
  assert.match(second, /is not assignable to type 'boolean'.*\(TS2322\)$/);
  for (const type of second.match(/'[^']*'/g) ?? []) assert.ok(type.length < 170, type);
});
