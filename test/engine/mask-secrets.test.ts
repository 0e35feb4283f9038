import assert from "node:assert/strict";
import { test } from "node:test";
import { maskSecrets } from "../../src/engine/secrets.ts";
import { parseXml } from "../../src/xml/parse.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { guest, hookData, PORT } from "../support/documents.ts";

const QEMU = "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'";

/** A guest whose QEMU has these arguments. */
const withArguments = (...values: readonly string[]): string => {
  const list = values.map((value) => `<qemu:arg value='${value.replaceAll("&", "&amp;").replaceAll("'", "&apos;")}'/>`);
  return guest(`<qemu:commandline ${QEMU}>${list.join("")}</qemu:commandline>`);
};

/** What is shown of a document's attributes and texts, in its order, and its secrets. */
function shown(document: string): { texts: string[]; secrets: readonly string[] } {
  const { xml, secrets } = maskSecrets(parseXml(Buffer.from(document)));
  return { texts: textsOf(xml).slice(textsOf(parseXml(Buffer.from(guest()))).length), secrets };
}

function textsOf({ attributes, children }: XmlElement): string[] {
  const texts = children.flatMap((child) => (typeof child === "string" ? [child] : textsOf(child)));
  return [...attributes.map(({ value }) => value), ...texts].filter((text) => text.trim() !== "");
}

/** What is shown of QEMU's arguments. */
function shownArguments(...values: readonly string[]): { texts: string[]; secrets: readonly string[] } {
  return shown(withArguments(...values));
}

test("a password of graphics of any type is masked, however it is written", () => {
  for (const type of ["vnc", "spice", "rdp", "desktop", "later"]) {
    const { texts, secrets } = shown(guest(`<devices><graphics type='${type}' passwd='hunter2' port='1'/></devices>`));
    assert.deepEqual([texts, secrets], [[type, "********", "1"], ["hunter2"]]);
  }
  const spellings = ["passwd='&#104;unter&#x32;'", "x:passwd='hunter2' xmlns:x='urn:x'", 'passwd="hunter2"'];
  for (const spelling of spellings) {
    const { texts, secrets } = shown(guest(`<devices><graphics ${spelling}/></devices>`));
    assert.deepEqual([texts, secrets], [["********"], ["hunter2"]], spelling);
  }
  const foreign = "<x:devices xmlns:x='urn:x'><x:graphics passwd='a' x:passwd='b'/></x:devices>";
  assert.deepEqual(shown(guest(foreign)).secrets, ["a", "b"]);
});

test("cookies of a disk's source are masked, also in a backing chain, in CDATA and in elements that do not belong there", () => {
  const source = (cookie: string) =>
    `<source protocol='https'><cookies><cookie name='id'>${cookie}</cookie></cookies></source>`;
  for (const cookie of [
    "s3cr3t",
    "<![CDATA[s3cr3t]]>",
    "s3<!-- -->c&#114;3t",
    "s3<x>cr</x>3t",
    "<x><y>s3cr3t</y></x>",
  ]) {
    for (const disk of [source(cookie), `<backingStore>${source(cookie)}</backingStore>`]) {
      const { texts, secrets } = shown(guest(`<devices><disk>${disk}</disk></devices>`));
      assert.deepEqual([texts, secrets], [["https", "id", "********"], ["s3cr3t"]], disk);
    }
  }
});

test("an empty secret stays empty, and a document without secrets stays the same object", () => {
  const empty = `<devices><graphics passwd=''/><disk><source><cookies><cookie/></cookies></source></disk></devices>`;
  for (const document of [
    guest(),
    guest(empty),
    hookData(PORT),
    withArguments("-vnc", ":1,password=on", "-spice", "password="),
  ]) {
    const root = parseXml(Buffer.from(document));
    const { xml, secrets } = maskSecrets(root);
    assert.equal(xml, root);
    assert.deepEqual(secrets, []);
  }
});

test("what is not changed stays the same object, and a masked document is masked", () => {
  const root = parseXml(Buffer.from(guest("<devices><graphics passwd='a'/><disk/></devices>")));
  const { xml } = maskSecrets(root);
  assert.equal(xml.children[1], root.children[1]);
  assert.notEqual(xml, root);
  assert.deepEqual(maskSecrets(xml), { xml, secrets: [] });
});

test("passwords in QEMU's arguments are masked, and the rest of an argument stays", () => {
  const cases: readonly (readonly [args: readonly string[], shown: string, secrets: readonly string[]])[] = [
    [["-object", "secret,id=s0,data=a,,b,format=raw"], "secret,id=s0,data=********,format=raw", ["a,,b", "a,b"]],
    [
      ["--object", '{"qom-type":"secret","id":"s0","data":"x\\"y"}'],
      '{"qom-type":"secret","id":"s0","data":"********"}',
      ['x"y'],
    ],
    [
      ["-object", "{'qom-type':'secret', 'd\\u0061ta' : 'letmein'}"],
      "{'qom-type':'secret', 'd\\u0061ta' : '********'}",
      ["letmein"],
    ],
    [["-set", "object.s0.data=pw"], "object.s0.data=********", ["pw"]],
    [
      ["-spice", "port=1,password=pw=1,x509-key-password=k"],
      "port=1,password=********,x509-key-password=********",
      ["pw=1", "k"],
    ],
    [["-vnc", ":1,password=pw"], ":1,password=********", ["pw"]],
    [["-iscsi", "user=u,password=pw"], "user=u,password=********", ["pw"]],
    [["-drive", "file=iscsi://u%pw@h/iqn/1,if=none"], "file=iscsi://u%********@h/iqn/1,if=none", ["pw"]],
    [
      ["-drive", "file=https://u:p@w@h/a.iso,file.cookie=c"],
      "file=https://u:********@h/a.iso,file.cookie=********",
      ["c", "p@w"],
    ],
    [
      ["-drive", "file=rbd:p/i:id=admin:key=AQ==:mon_host=h"],
      "file=rbd:p/i:id=admin:key=********:mon_host=h",
      ["AQ=="],
    ],
    [
      ["-blockdev", '{"node-name":"n","file":{"driver":"https","cookie":"c"}}'],
      '{"node-name":"n","file":{"driver":"https","cookie":"********"}}',
      ["c"],
    ],
    [
      ["-drive", 'file=json:{"driver":"https",,"cookie":"a,,b"},if=none'],
      'file=json:{"driver":"https",,"cookie":"********"},if=none',
      ["a,,b", "a,b"],
    ],
    [["-hda", 'json:{"driver":"https","cookie":"c"}'], 'json:{"driver":"https","cookie":"********"}', ["c"]],
  ];
  for (const [args, expected, secrets] of cases) {
    const found = shownArguments(...args);
    assert.deepEqual(found, { texts: [args[0], expected], secrets }, args.join(" "));
  }
});

test("names of secrets, choices, and what libvirt calls no secret are shown", () => {
  const args = [
    ...["-spice", "password-secret=s0", "-vnc", ":0,password=on,tls-creds=t0", "-display", "vnc=:1,password=yes"],
    ...["-object", "tls-creds-x509,id=t0,passwordid=s0", "-netdev", "l2tpv3,txcookie=0x1,cookie64=on"],
    ...["-fw_cfg", "name=opt/x,string=password", "-smbios", "type=11,value=data", "-drive", "file=http://h:80/a@b"],
    ...["-blockdev", '{"driver":"rbd","key-secret":"s0"}', "-chardev", "socket,id=data", "-device", "x,data=1"],
  ];
  assert.deepEqual(shownArguments(...args), { texts: args, secrets: [] });
  const others = `<metadata><x:graphics xmlns:x='urn:x' passwd='shown'/></metadata>
    <sysinfo type='fwcfg'><entry name='opt/com.coreos/config'>{"passwd":1}</entry></sysinfo>
    <devices><disk><auth username='u'><secret type='iscsi' usage='u'/></auth></disk></devices>`;
  assert.deepEqual(shown(guest(others)).secrets, []);
});

test("passwords in the environment of QEMU are masked", () => {
  const variable = (name: string, value: string) => `<q:env name='${name}' value='${value}'/>`;
  const list = [
    variable("LIBISCSI_CHAP_PASSWORD", "pw"),
    variable("CEPH_ARGS", "--id a --key=AQ=="),
    variable("https_proxy", "http://u:pw2@h:1"),
    variable("QEMU_AUDIO_DRV", "none"),
  ];
  const xml = guest(
    `<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>${list.join("")}</q:commandline>`,
  );
  const { texts, secrets } = shown(xml);
  assert.deepEqual(
    texts.filter((_, index) => index % 2 === 1),
    ["********", "--id a --key=********", "http://u:********@h:1", "none"],
  );
  assert.deepEqual(secrets, ["pw", "AQ==", "pw2"]);
});
