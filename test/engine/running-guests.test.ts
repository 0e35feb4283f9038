import assert from "node:assert/strict";
import { test } from "node:test";
import { readRunningGuests } from "../../src/engine/running-guests.ts";
import { GUEST_UUID, guest } from "../support/documents.ts";
import { stateFile } from "../support/private-run.ts";

const NOBODY = { hook: "qemu", name: "nobody" };

/** A guest's document with a UUID of its own. */
function numbered(name: string, number: number, parts = ""): string {
  return guest(parts, name).replace(GUEST_UUID, uuidOf(number));
}

const uuidOf = (number: number): string => GUEST_UUID.replace(/^.{8}/, `0000000${number}`);

/** A file as the root side gives it. */
const file = (path: string, text: string): string => `${path}\n${text.trimEnd().replaceAll(/^(?!\|)/gm, "|")}\n`;

const state = (hook: string, name: string, document: string): string =>
  file(`/run/libvirt/${hook}/${name}.xml`, stateFile(document));

const start = (hook: string, name: string, document: string): string =>
  file(`/run/virt-warden/starts/${hook}.${Buffer.from(name).toString("hex")}`, document);

test("guests that run and that are being started are there, by name", () => {
  const text =
    state("qemu", "web1", numbered("web1", 1)) +
    start("lxc", "box", numbered("box", 2)) +
    state("libxl", "db1", numbered("db1", 3));
  const guests = readRunningGuests(text, NOBODY).map(({ domain, ...guest }) => [domain.name, guest]);
  const of = { vcpus: 2, memory: 2 ** 31 };
  assert.deepEqual(guests, [
    ["box", { hook: "lxc", name: "box", uuid: uuidOf(2), ...of, starting: true }],
    ["db1", { hook: "libxl", name: "db1", uuid: uuidOf(3), ...of, starting: false }],
    ["web1", { hook: "qemu", name: "web1", uuid: uuidOf(1), ...of, starting: false }],
  ]);
  assert.deepEqual(readRunningGuests("", NOBODY), []);
});

test("a guest that is in both counts once, as its state file says; of another driver it is another guest", () => {
  const text =
    start("qemu", "web1", numbered("web1", 1).replace(">2</vcpu>", ">9</vcpu>")) +
    state("qemu", "web1", numbered("web1", 1)) +
    start("lxc", "web1", numbered("web1", 1));
  assert.deepEqual(
    readRunningGuests(text, NOBODY).map(({ hook, vcpus, starting }) => [hook, vcpus, starting]),
    [
      ["lxc", 2, true],
      ["qemu", 2, false],
    ],
  );
});

test("the event's own guest is left out: by UUID in any spelling, by name where there is none", () => {
  const text = state("qemu", "web1", numbered("web1", 1)) + start("qemu", "web2", numbered("web2", 2));
  const names = (except: Parameters<typeof readRunningGuests>[1]) =>
    readRunningGuests(text, except).map(({ name }) => name);
  assert.deepEqual(names({ hook: "qemu", name: "renamed", uuid: uuidOf(1) }), ["web2"]);
  assert.deepEqual(names({ hook: "qemu", uuid: uuidOf(2).replaceAll("-", "").toUpperCase() }), ["web1"]);
  assert.deepEqual(names({ hook: "qemu", name: "web1", uuid: uuidOf(3) }), ["web1", "web2"]);
  assert.deepEqual(names({ hook: "qemu", name: "web1" }), ["web2"]);
  assert.deepEqual(names({ hook: "lxc", name: "web1", uuid: uuidOf(1) }), ["web1", "web2"]);
});

test("a guest counts with the most that it can have", () => {
  const document = numbered("web1", 1)
    .replace(/<memory.*<\/memory>/, "<memory unit='KiB'>4096</memory><currentMemory unit='KiB'>1024</currentMemory>")
    .replace(/<vcpu.*<\/vcpu>/, "<vcpu placement='static' cpuset='0-1' current='1'>16</vcpu>");
  const [{ vcpus, memory } = {}] = readRunningGuests(state("qemu", "web1", document), NOBODY);
  assert.deepEqual([vcpus, memory], [16, 4096 * 1024]);
  const [without] = readRunningGuests(state("qemu", "web1", document.replace(/<vcpu.*<\/vcpu>/, "")), NOBODY);
  assert.equal(without?.vcpus, 1);
});

test("the secrets of guests are masked", () => {
  const cookies =
    "<disk type='network'><source protocol='https'><cookies><cookie name='a'>s3cr3t</cookie></cookies></source></disk>";
  const parts = `<devices>${cookies}<graphics type='vnc' passwd='s3cr3t'/></devices>`;
  const guests = readRunningGuests(
    state("qemu", "web1", numbered("web1", 1, parts)) + start("qemu", "web2", numbered("web2", 2, parts)),
    NOBODY,
  );
  assert.equal(JSON.stringify(guests).match(/\*{8}/g)?.length, 4);
  assert.ok(!JSON.stringify(guests).includes("s3cr3t"));
});

test("nothing that a user wrote is taken for a file, or for another guest", () => {
  const fake = numbered("fake", 9).replaceAll("\n", "\n  ");
  const metadata = [
    `<metadata><x:a xmlns:x='urn:x'><![CDATA[`,
    "/run/libvirt/qemu/fake.xml",
    `\u2028/run/libvirt/qemu/fake.xml\u2028|<domain/>\r/run/libvirt/qemu/fake.xml\r`,
    `  ${fake.replaceAll("]]>", "")}`,
    "  </domain>",
    "</domstatus>",
    "]]></x:a><!-- <domstatus>",
    "  </domain> --></metadata>",
  ].join("\n");
  const names = readRunningGuests(state("qemu", "web1", numbered("web1", 1, metadata)), NOBODY).map(({ name }) => name);
  assert.deepEqual(names, ["web1"]);
});

test("what is private to a driver, before the guest, is not read", () => {
  const priv =
    "<domstatus state='running'>\n  <taint flag='hook-script'/>\n  <job type='none'>\n    <domain fake='1'>\n    </domain>\n  </job>";
  const text = stateFile(numbered("web1", 1)).replace(/<domstatus.*>/, priv);
  const [web1] = readRunningGuests(file("/run/libvirt/qemu/web1.xml", text), NOBODY);
  assert.equal(web1?.name, "web1");
});

test("a file that cannot be read is a failure of the engine that names it", () => {
  const path = "/run/libvirt/qemu/web1.xml";
  const good = stateFile(numbered("web1", 1));
  const broken: readonly (readonly [text: string, why: RegExp])[] = [
    [`${path}\n`, /its text is missing/],
    ["/run/libvirt/qemu\n", /its text is missing/],
    [`/etc/passwd\n|${numbered("web1", 1)}`, /its text is missing/],
    [file(path, "<domstatus>\n</domstatus>"), /it holds no <domain>/],
    [file(path, good.slice(0, 300)), /it holds no <domain>/],
    [file(path, good.replace("</os>", "</so>")), /not well-formed/],
    [file(path, good.replace("2097152", "much")), /"much" is not a number/],
    [file(path, good.replace(/<name>.*<\/name>/, "")), /the guest has no name/],
    [start("qemu", "web1", `<!DOCTYPE domain>${numbered("web1", 1)}`), /DOCTYPE/],
    [start("qemu", "web1", "<domain"), /not well-formed/],
  ];
  for (const [text, why] of broken) {
    const [first = ""] = text.split("\n");
    const whole = start("qemu", "a", numbered("a", 5)) + text;
    assert.throws(() => readRunningGuests(whole, NOBODY), {
      name: "EngineFailure",
      code: "state",
      message: new RegExp(`^Cannot read the running guest of ${first}: .*${why.source}`),
    });
  }
});
