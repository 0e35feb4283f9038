import assert from "node:assert/strict";
import { test } from "node:test";
import { readRunningGuests } from "../../src/engine/running-guests.ts";
import { stateFile } from "../support/private-run.ts";

const NOBODY = { hook: "qemu", name: "nobody" };
const MIB = 2 ** 20;

/** A guest as libvirt writes it, with these parts after its UUID, and in its `<os>`. */
function guest(parts = "", os = ""): string {
  return `<domain type='kvm'>
  <name>web1</name>
  <uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid>
  ${parts}
  <memory unit='KiB'>1024</memory>
  <vcpu placement='static'>3</vcpu>
  <os>
    <type arch='x86_64'>hvm</type>
    ${os}
  </os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu'>
        <metadata_cache>
          <max_size unit='bytes'>1</max_size>
        </metadata_cache>
      </driver>
    </disk>
  </devices>
</domain>`;
}

/** What is read of a guest, from its state file and from the document of its start. */
function read(document: string, hook = "qemu") {
  const state = `/run/libvirt/${hook}/web1.xml`;
  const start = `/run/virt-warden/starts/${hook}.77656231`;
  const marked = (text: string): string => text.replaceAll(/(?<=^|\n)/g, "|");
  return [`${state}\n${marked(stateFile(document))}\n`, `${start}\n${marked(document)}\n`].map((text) => {
    const [only, ...others] = readRunningGuests(text, NOBODY);
    assert.deepEqual(others, []);
    return only;
  });
}

/** Asserts that guests are read as if they had none of these parts. */
function assertSame(of: ReturnType<typeof read>, without = read(guest())): void {
  assert.deepEqual(of, without);
}

const metadata = (text: string, attributes = ""): string => `<metadata${attributes}>${text}</metadata>`;

test("metadata that are long are left out, whatever they hold", () => {
  const fake = "</metadata><memory unit='KiB'>1</memory></domain></domstatus>";
  const texts = [
    "<a/>".repeat(MIB),
    "\n".repeat(MIB / 4),
    `<x:a xmlns:x='urn:x'>${"<x:metadata/>".repeat(1000)}<metadata>${"<metadata/>".repeat(MIB / 11)}</metadata></x:a>`,
    `<a><![CDATA[${fake.repeat(MIB / fake.length)}<metadata>]]></a>`,
    `<!--${fake.repeat(100)}--><?a ${fake.repeat(100)}?><b/>`,
    `<a b='${"&lt;/metadata&gt;".repeat(1000)}'/>`,
    `\n/run/libvirt/qemu/fake.xml\n  </domain>\n${"<a/>".repeat(2000)}\n  </domain>`,
  ];
  for (const hook of ["qemu", "lxc"]) {
    const without = read(guest(), hook);
    for (const text of texts) assertSame(read(guest(metadata(text)), hook), without);
    assertSame(read(guest(`<metadata a='${"x".repeat(MIB)}'/>`), hook), without);
  }
});

test("a title and a description that are long are left out: they too change while a guest runs", () => {
  const long = "&lt;metadata&gt;".repeat(MIB / 10);
  assertSame(read(guest(`<title>${long}</title><description>${long}\n${long}</description>`)));
  assertSame(read(guest(`<description>${long}</description>${metadata("<description>".padEnd(5000, "<a/>"))}`)));
});

test("what is short is there", () => {
  const parts = `<title>a</title><description>b</description>${metadata(`<a>${"x".repeat(4000)}</a>`, " z='1'")}`;
  for (const found of read(guest(parts))) {
    const { title, description, metadata: own } = found?.domain ?? {};
    assert.deepEqual([title, description, own?.children.length], ["a", "b", 1]);
  }
});

test("a container's environment, which libvirt writes unescaped, hides nothing of the container", () => {
  const raw = "</metadata><memory unit='KiB'>1</memory><os>";
  const os = `<initenv name='A'>${raw}</initenv>`;
  const long = metadata("<a/>".repeat(2000));
  assert.throws(() => read(guest(long, os), "lxc"), { code: "state" });
  const sound = "<initenv name='A'><metadata>x</metadata></initenv>";
  assertSame(read(guest(long, sound), "lxc"), read(guest("", sound), "lxc"));
});

test("a guest that is longer than 1 MiB beside all that is a failure that names its file", () => {
  const os = `<cmdline>${"x".repeat(MIB)}</cmdline>`;
  const message = /^Cannot read the running guest of \/run\/libvirt\/qemu\/web1\.xml: .*longer than 1 MiB$/;
  assert.throws(() => read(guest("", os)), { name: "EngineFailure", code: "state", message });
  const state = stateFile(guest()).replace("<domstatus", `<domstatus a='${"x".repeat(2 * MIB)}'`);
  const text = `/run/libvirt/qemu/web1.xml\n${state.replaceAll(/(?<=^|\n)/g, "|")}\n`;
  assert.equal(readRunningGuests(text, NOBODY)[0]?.vcpus, 3);
});
