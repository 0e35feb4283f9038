import assert from "node:assert/strict";
import { test } from "node:test";
import { ExplainedDocument } from "../../src/explain/excerpt.ts";

const GUEST = `<?xml version="1.0"?>
<!-- somebody's note: passwd='old' -->
<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>web1</name>

  <devices>
    <disk type='network'
          device='disk'>
      <source protocol='https' name='x'>
        <cookies>
          <cookie name='a'>se
cret</cookie>
        </cookies>
      </source>
    </disk>
    <disk type='file'/>
\t<graphics type='vnc' passwd='geheim99' port='-1'/>
  </devices>
  <qemu:commandline>
    <qemu:arg value='-object'/>
    <qemu:arg value='secret,id=a,data=hush&amp;go'/>
  </qemu:commandline>
</domain>
`;

const explained = new ExplainedDocument(Buffer.from(GUEST));

/** Line, column, and the line itself. */
const meant = (at: string | undefined, document = explained) => {
  const excerpt = document.excerpt(at);
  return excerpt && [excerpt.line, excerpt.column, excerpt.lines[excerpt.line - excerpt.first]];
};

test("an element's excerpt has its line and those around, without blank ones at the ends", () => {
  assert.deepEqual(explained.excerpt("name"), {
    line: 4,
    column: 3,
    first: 2,
    lines: [
      "<!-- somebody's note: passwd='********' -->",
      "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>",
      "  <name>web1</name>",
      "",
      "  <devices>",
    ],
  });
  assert.deepEqual(explained.excerpt("devices")?.lines.length, 5);
  assert.deepEqual(meant(""), [3, 1, "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>"]);
});

test("an attribute is found in its tag, also in another line of it, and after a mask", () => {
  assert.deepEqual(meant("devices/disk[1]/@device"), [8, 11, "          device='disk'>"]);
  assert.deepEqual(meant("devices/disk[2]/@type"), [16, 11, "    <disk type='file'/>"]);
  assert.deepEqual(meant("devices/graphics/@port"), [17, 41, " <graphics type='vnc' passwd='********' port='-1'/>"]);
});

test("what is not there is shown by the nearest element above it, and of several the first", () => {
  assert.deepEqual(meant("devices/disk[2]/source/@file"), [16, 5, "    <disk type='file'/>"]);
  assert.deepEqual(meant("devices/disk[3]/source"), [6, 3, "  <devices>"]);
  assert.deepEqual(meant("devices/disk/@type"), [7, 11, "    <disk type='network'"]);
  assert.deepEqual(meant("devices/disk[2]/@device"), [16, 5, "    <disk type='file'/>"]);
  assert.deepEqual(meant("none:such"), meant(""));
});

test("there is none of no place, of what is no path, and of a document that cannot be read", () => {
  assert.equal(explained.excerpt(undefined), undefined);
  assert.equal(explained.excerpt("//disk[@type='file']"), undefined);
  assert.equal(new ExplainedDocument(Buffer.from("<domain></network>")).excerpt("name"), undefined);
  assert.equal(new ExplainedDocument(new Uint8Array()).excerpt(""), undefined);
});

test("secrets are masked wherever they are, and lines below them keep their numbers", () => {
  assert.deepEqual(explained.excerpt("devices/disk/source/cookies/cookie")?.lines.slice(2), [
    "          <cookie name='a'>********</cookie>",
    "",
    "        </cookies>",
  ]);
  assert.deepEqual(meant("qemu:commandline/qemu:arg[2]/@value"), [
    21,
    15,
    "    <qemu:arg value='secret,id=a,data=********'/>",
  ]);
  for (const place of ["", "name", "devices", "devices/disk[2]", "devices/graphics", "qemu:commandline/qemu:arg[1]"]) {
    assert.doesNotMatch(JSON.stringify(explained.excerpt(place)), /old|geheim|cret<|hush/);
  }
});

test("a long line is cut around the place, between characters, and columns count characters", () => {
  const long = `<domain><name>${"😀".repeat(300)}</name><cpu mode='x'/>${" ".repeat(300)}</domain>`;
  const excerpt = new ExplainedDocument(Buffer.from(long)).excerpt("cpu/@mode");
  assert.deepEqual([excerpt?.line, excerpt?.column], [1, 327]);
  const [line = ""] = excerpt?.lines ?? [];
  assert.match(line, /^…(?:😀)+<\/name><cpu mode='x'\/> +…$/u);
  assert.ok(line.length <= 162);
});

test("other line ends and CDATA sections change no line", () => {
  const text = "<domain>\r\n<title><![CDATA[<cpu/>\r\n]]></title>\r\n<cpu mode='x'/></domain>";
  assert.deepEqual(meant("cpu/@mode", new ExplainedDocument(Buffer.from(text))), [4, 6, "<cpu mode='x'/></domain>"]);
});
