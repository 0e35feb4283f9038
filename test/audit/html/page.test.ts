import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import { runCommand } from "../../cli/run-command.ts";
import { Chromium, needsChromium } from "../../support/chromium.ts";
import { guest } from "../../support/documents.ts";
import { makeFolder } from "../../support/folder.ts";

const FAINT_TEXTS = transformSync(readFileSync(join(import.meta.dirname, "browser/faint-texts.ts"), "utf8"), {
  loader: "ts",
}).code;

/** Tall enough that a browser draws all of the page. */
const SCREEN = { width: 1280, height: 4000, deviceScaleFactor: 1, mobile: false };

/** What would run, or break out, were it not escaped. */
const HOSTILE = `</script><script>pwned = 1</script><img src="http://127.0.0.1:9/x" onerror="pwned = 1">`;
const ESCAPED = HOSTILE.replaceAll("<", "&lt;");

const policy = (
  name: string,
  body: string,
  description = "About titles.",
) => `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "${name}", description: ${JSON.stringify(description)},
  check({ domain, deny, warn }) {
    ${body}
  },
});
`;

const VNC = `<devices>
    <graphics type='vnc' passwd='geheim99'/>
  </devices>`;

const FILES = {
  "virt-warden.yaml": `log: decisions.log
rules:
  exempting: { exempt: [{ domain: "*", reason: a lab, expires: 2999-12-31 }] }
  audited: { mode: audit }
`,
  "policies/audited.ts": policy("audited", `if (domain.title === "denied") deny("audited only", { at: "title" });`),
  "policies/denying.ts": policy("denying", `if (domain.title === "denied") deny("no", { at: "title" });`, HOSTILE),
  "policies/exempting.ts": policy("exempting", `if (domain.title === "exempt") deny("not you", { at: "title" });`),
  "policies/failing.ts": policy("failing", `if (domain.title === "fails") throw new Error("a failure");`),
  "policies/hostile.ts": policy(
    "hostile",
    `if (domain.title === "hostile") deny(${JSON.stringify(`${HOSTILE}\u202e\u001b[31m`)}, { at: "title" });`,
  ),
  "policies/warning.ts": policy(
    "warning",
    `for (const _ of domain.devices?.graphics ?? []) warn("graphics", { at: "devices/graphics" });`,
  ),
  "guests/denied.xml": guest(`<title>denied</title>\n  ${VNC}`, "denied"),
  "guests/exempt.xml": guest("<title>exempt</title>", "exempt"),
  "guests/fails.xml": guest("<title>fails</title>", "fails"),
  "guests/fine.xml": guest("", "fine"),
  "guests/hostile\"'><b>.xml": guest(`<title>hostile</title>\n  <description>${ESCAPED}</description>`, ESCAPED),
  "guests/malformed.xml": "<domain></network>",
  "guests/warned.xml": guest(VNC, "warned"),
};

describe("the report's page", needsChromium(), () => {
  let browser: Chromium;
  let page: string;
  let source: string;

  before(async () => {
    const folder = await makeFolder(FILES);
    const words = ["audit", "--config", "virt-warden.yaml", "--html", "report.html", "guests"];
    const { status, stderr } = runCommand(words, { cwd: folder });
    assert.deepEqual([status, stderr], [1, ""]);
    source = readFileSync(join(folder, "report.html"), "utf8");
    page = pathToFileURL(join(folder, "report.html")).href;
    browser = await Chromium.start();
    await browser.send("Emulation.setDeviceMetricsOverride", SCREEN);
    await browser.open(page);
  });

  after(() => browser?.[Symbol.asyncDispose]());

  const shown = () => browser.value<string>(`document.getElementById("shown").textContent`);

  /** The titles of what is shown, and how many entries each has. */
  const groups = () =>
    browser.value<[string, number][]>(`{
      const visible = (all) => [...all].filter((each) => each.checkVisibility());
      const title = (heading) => heading.querySelector(".name") ?? heading.querySelector(".file") ?? heading;
      visible(document.querySelectorAll(".group")).map((group) =>
        [title(group.querySelector("h3")).textContent, visible(group.querySelectorAll(".entry")).length]);
    }`);

  /** Gives a control a value as its user does. */
  const choose = (id: string, value: string) =>
    browser.value(`{ const control = document.getElementById("${id}"); control.value = ${JSON.stringify(value)};
      control.dispatchEvent(new Event("input", { bubbles: true })); }`);

  const reset = () => browser.value(`document.getElementById("reset").click()`);

  test("says how many documents would be refused, and of each finding its reason, place, line and excerpt", async () => {
    const text = await browser.value<string>("document.body.innerText");
    assert.match(text, /4 of 7 documents would be refused/);
    const denial = await browser.value<string>(`document.querySelector("[data-policy=denying]").innerText`);
    assert.match(denial, /denied denying no\s+at title, line 7\s.*7 +<title>denied<\/title>/s);
    const marked = await browser.value<string>(`document.querySelector("[data-policy=denying] mark").innerText`);
    assert.match(marked, /^7 +<title>denied<\/title>$/);
    assert.match(text, /1 document is exempt from a policy/);
    assert.match(text, /exempt: a lab, until 2999-12-31/);
  });

  test("shows hostile names and reasons as they are written, and runs nothing of them", async () => {
    const title = await browser.value<string>(
      `document.querySelector('[data-policy="hostile"]').closest("article").querySelector("h3").innerText`,
    );
    assert.ok(title.includes(HOSTILE) && title.includes(`hostile"'><b>.xml`), title);
    const reason = await browser.value<string>(`document.querySelector('[data-policy="hostile"] .reason').innerText`);
    assert.equal(reason, `${HOSTILE}\\u{202e}\\u{1b}[31m`);
    assert.equal(await browser.value("typeof pwned"), "undefined");
    assert.equal(await browser.value("document.querySelectorAll('img, b, script').length"), 1);
  });

  test("holds no password", () => {
    assert.ok(!source.includes("geheim99"));
    assert.ok(source.includes("passwd=&#39;********&#39;"));
  });

  test("is filtered by guest, policy, decision and result, until it is reset", async () => {
    assert.equal(await shown(), "7 of 7 documents, 8 findings");
    await choose("filter-guest", " Denied.XML ");
    assert.equal(await shown(), "1 of 7 documents, 3 findings");
    assert.deepEqual(await groups(), [["denied", 3]]);
    await choose("filter-policy", "warning");
    assert.deepEqual(await groups(), [["denied", 1]]);
    await choose("filter-guest", "");
    assert.deepEqual(await groups(), [
      ["denied", 1],
      ["warned", 1],
    ]);
    await browser.value(`document.querySelector('[name="mark"][value="warn"]').click()`);
    assert.deepEqual(await groups(), []);
    assert.equal(await browser.value(`document.getElementById("none").checkVisibility()`), true);
    assert.equal(await shown(), "0 of 7 documents, 0 findings");
    await reset();
    await choose("filter-decision", "allowed");
    assert.equal(await shown(), "3 of 7 documents, 2 findings");
    await choose("filter-decision", "refused");
    assert.equal(await shown(), "4 of 7 documents, 6 findings");
    await reset();
    assert.equal(await shown(), "7 of 7 documents, 8 findings");
    assert.equal(await browser.value(`document.getElementById("none").checkVisibility()`), false);
  });

  test("is grouped by policy, each finding with its guest, and back", async () => {
    const byGuest = await groups();
    await choose("group-by", "policy");
    assert.deepEqual(await groups(), [
      ["not judged", 1],
      ["audited", 1],
      ["denying", 1],
      ["exempting", 1],
      ["failing", 1],
      ["hostile", 1],
      ["warning", 2],
    ]);
    const first = await browser.value<string>(`document.querySelector("[data-policy=denying]").textContent`);
    assert.match(first, /^denied guests\/denied\.xml/);
    await choose("group-by", "guest");
    assert.deepEqual(await groups(), byGuest);
    assert.equal(await browser.value(`document.querySelectorAll(".of").length`), 0);
  });

  test("is used by keyboard: every control is reached, has a name, and works", async () => {
    await browser.value("document.activeElement.blur()");
    const reached: string[] = [];
    for (let presses = 0; presses < 20 && reached.at(-1) !== "reset"; presses++) {
      await browser.press("Tab");
      const control = await browser.value<string>("document.activeElement.id || document.activeElement.value || ''");
      if (control === "filter-guest") await browser.send("Input.insertText", { text: "fine" });
      if (control === "warn") await browser.press("Space");
      reached.push(control);
    }
    const marks = ["deny", "failed", "unjudged", "warn", "exempt", "quiet"];
    assert.deepEqual(reached.slice(-11), [
      "filter-guest",
      "filter-policy",
      "filter-decision",
      "group-by",
      ...marks,
      "reset",
    ]);
    assert.equal(await shown(), "1 of 7 documents, 0 findings");
    assert.equal(await browser.value(`document.querySelector('[name="mark"][value="warn"]').checked`), false);
    await browser.press("Enter");
    assert.equal(await shown(), "7 of 7 documents, 8 findings");
    const { nodes } = await browser.send<{ nodes: { role?: { value: string }; name?: { value: string } }[] }>(
      "Accessibility.getFullAXTree",
    );
    const controls = nodes.filter(({ role }) => /^(searchbox|combobox|checkbox|button|radio)$/.test(role?.value ?? ""));
    assert.equal(controls.length, 14);
    for (const { role, name } of controls) assert.notEqual(name?.value ?? "", "", JSON.stringify(role));
  });

  test("is light or dark as the system or its switch says, and easy to read in both", async () => {
    const scheme = (value: string) =>
      browser.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
    const background = () => browser.value<string>("getComputedStyle(document.body).backgroundColor");
    const faint = () => browser.value<object[]>(FAINT_TEXTS);
    await scheme("light");
    const light = await background();
    assert.deepEqual(await faint(), []);
    await scheme("dark");
    const dark = await background();
    assert.notEqual(dark, light);
    assert.deepEqual(await faint(), []);
    await browser.value(`document.getElementById("theme-light").click()`);
    assert.equal(await background(), light);
    await scheme("light");
    await browser.value(`document.getElementById("theme-dark").click()`);
    assert.equal(await background(), dark);
    await browser.value(`document.getElementById("theme-auto").click()`);
  });

  test("fits a telephone, and paper without its controls", async () => {
    const metrics = { width: 400, height: 800, deviceScaleFactor: 1, mobile: true };
    await browser.send("Emulation.setDeviceMetricsOverride", metrics);
    assert.equal(await browser.value("document.documentElement.scrollWidth"), 400);
    await browser.send("Emulation.setDeviceMetricsOverride", SCREEN);
    await browser.send("Emulation.setEmulatedMedia", { media: "print" });
    assert.equal(await browser.value(`document.getElementById("filters").checkVisibility()`), false);
    assert.equal((await groups()).length, 6);
    await browser.send("Emulation.setEmulatedMedia", { media: "" });
  });

  test("shows everything without a script, and no control that would do nothing", async () => {
    await browser.send("Emulation.setScriptExecutionDisabled", { value: true });
    await browser.open(page);
    assert.equal((await groups()).length, 6);
    assert.equal(await browser.value(`document.getElementById("quiet").checkVisibility()`), true);
    assert.equal(await browser.value(`document.getElementById("filters").checkVisibility()`), false);
  });

  test("asked for nothing but itself all the while, and nothing on it complained", () => {
    assert.deepEqual([...new Set(browser.requests)], [page]);
    assert.deepEqual(browser.complaints, []);
  });
});
