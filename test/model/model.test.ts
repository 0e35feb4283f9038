import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildModel } from "../../src/model/build-model.ts";
import type { Domain } from "../../typings/domain.d.ts";
import { parse } from "./corpus.ts";

function domainOf(content: string): Domain {
  return buildModel(parse(`<domain type='kvm'>${content}</domain>`), "domain");
}

describe("buildModel()", () => {
  it("has a list for what can repeat, however many there are", () => {
    assert.deepEqual(domainOf("<devices/>").devices?.disk, []);
    assert.equal(domainOf("<devices><disk type='file'/></devices>").devices?.disk.length, 1);
    assert.equal(domainOf("<devices><disk type='file'/><disk/></devices>").devices?.disk.length, 2);
    assert.deepEqual(domainOf("").seclabel, []);
  });

  it("leaves out what cannot repeat and is not there", () => {
    assert.equal(domainOf("").devices, undefined);
    assert.equal(Object.hasOwn(domainOf(""), "cpu"), false);
  });

  it("gives an element that may have text alone as its text, which may be empty", () => {
    assert.equal(domainOf("<title>A guest</title>").title, "A guest");
    assert.equal(domainOf("<title/>").title, "");
    assert.deepEqual(domainOf("<os><type>exe</type><initarg>a</initarg><initarg/></os>").os?.initarg, ["a", ""]);
  });

  it("gives an element that may have text and more as an object, also where it has text alone", () => {
    assert.deepEqual(domainOf("<vcpu>2</vcpu>").vcpu, { value: 2 });
    assert.deepEqual(domainOf("<os><type>hvm</type></os>").os?.type, { value: "hvm" });
    assert.deepEqual(domainOf("<os><type>hvm</type><loader type='rom'/></os>").os?.loader, { type: "rom", value: "" });
  });

  it("gives an element that may have neither as an empty object", () => {
    assert.deepEqual(domainOf("<features><acpi/></features>").features, { acpi: {} });
  });

  it("keeps the text of an element that holds elements instead, but not the space around them", () => {
    const nvram = domainOf("<os><type>hvm</type><nvram type='file'>\n  <source file='/n'/>\n</nvram></os>").os?.nvram;
    assert.equal(nvram?.value, "");
    assert.equal(nvram?.type === "file" && nvram.source?.file, "/n");
  });

  it("keeps text as it stands, spaces and all, as libvirt compares it", () => {
    assert.equal(domainOf("<title> two  words\n</title>").title, " two  words\n");
    assert.equal(domainOf("<os><type> hvm </type></os>").os?.type.value, " hvm ");
  });

  it("reads the text of an element as libvirt does, with that of elements inside it", () => {
    assert.equal(domainOf("<description>a<!-- - -->b<i>c</i><![CDATA[d]]></description>").description, "abcd");
  });

  it("names the element after its attribute where both have a name", () => {
    const os = domainOf(
      "<os firmware='efi'><type>hvm</type><firmware><feature enabled='yes' name='secure-boot'/></firmware></os>",
    ).os;
    assert.equal(os?.firmware, "efi");
    assert.deepEqual(os?.firmwareElement, { feature: [{ enabled: "yes", name: "secure-boot" }] });
    const { devices } = domainOf(`<devices>
      <controller type='pci' model='pcie-root-port'><model name='pcie-root-port'/></controller>
      <graphics type='vnc' listen='::1'><listen type='address' address='::1'/><listen type='none'/></graphics>
      <disk><mirror file='/m' format='raw'><format type='raw'/></mirror></disk>
    </devices>`);
    assert.deepEqual(devices?.controller, [
      { type: "pci", model: "pcie-root-port", modelElement: { name: "pcie-root-port" } },
    ]);
    const listenElement = [{ type: "address", address: "::1" }, { type: "none" }];
    assert.deepEqual(devices?.graphics, [{ type: "vnc", listen: "::1", listenElement }]);
    assert.deepEqual(devices?.disk[0]?.mirror, { file: "/m", format: "raw", formatElement: { type: "raw" } });
  });

  it("has an attribute or an element of one name, by which of them an interface's type gives its source", () => {
    const { devices } = domainOf(`<devices>
      <interface type='mcast'><source address='230.0.0.1' port='5558'/></interface>
      <interface type='hostdev'><source><address type='pci' bus='0x07'/></source></interface>
    </devices>`);
    const [mcast, hostdev] = devices?.interface ?? [];
    assert.deepEqual(mcast?.type === "mcast" && mcast.source, { address: "230.0.0.1", port: 5558 });
    assert.deepEqual(hostdev?.type === "hostdev" && hostdev.source, { address: { type: "pci", bus: "0x07" } });
  });

  it("reads a value as the case of its element has it", () => {
    const addresses = domainOf(`<devices>
      <rng><address type='drive' controller='0' bus='0' target='0' unit='10'/></rng>
      <rng><address type='pci' domain='0' bus='0x1f'/></rng>
    </devices>`).devices?.rng.map(({ address }) => address);
    assert.deepEqual(addresses, [
      { type: "drive", controller: "0", bus: "0", target: "0", unit: "10" },
      { type: "pci", domain: 0, bus: "0x1f" },
    ]);
  });

  it("reads an element whose deciding attribute has a new value as any of its cases", () => {
    const { devices } = domainOf("<devices><disk type='cloud'><source file='/f' dev='/d' cloud='c'/></disk></devices>");
    const [disk] = (devices?.disk ?? []) as unknown[];
    assert.deepEqual((disk as { source: object }).source, { file: "/f", dev: "/d", seclabel: [] });
  });

  it("names elements of libvirt's namespaces by URI, whatever prefix the document has", () => {
    const qemu = "http://libvirt.org/schemas/domain/qemu/1.0";
    for (const [prefix, declaration] of [
      ["q:", `xmlns:q='${qemu}'`],
      ["", `xmlns='${qemu}'`],
    ]) {
      const text = `<${prefix}commandline ${declaration}><${prefix}arg value='-S'/></${prefix}commandline>`;
      assert.deepEqual(domainOf(text)["qemu:commandline"], { "qemu:arg": [{ value: "-S" }], "qemu:env": [] });
    }
    assert.equal(domainOf("<qemu:commandline xmlns:qemu='urn:other'/>")["qemu:commandline"], undefined);
    assert.equal(domainOf("<commandline><arg value='-S'/></commandline>")["qemu:commandline"], undefined);
  });

  it("does not take an element or attribute of another namespace for libvirt's", () => {
    assert.equal(domainOf("<o:title xmlns:o='urn:other'>decoy</o:title>").title, undefined);
    assert.deepEqual(domainOf("<cpu o:mode='host-model' xmlns:o='urn:other'/>").cpu, { feature: [] });
  });

  it("keeps a value that an enumeration lacks: a newer libvirt may know it", () => {
    assert.equal(domainOf("<cpu mode='host-future'/>").cpu?.mode, "host-future");
  });

  it("keeps elements under metadata as a tree", () => {
    const { metadata } = domainOf("<metadata><a:x xmlns:a='urn:a' b='c'>text<y/></a:x></metadata>");
    const [x] = metadata?.children ?? [];
    assert.equal(x?.namespace, "urn:a");
    assert.deepEqual(x?.attributes, [{ name: "b", namespace: "", value: "c" }]);
    assert.equal(x?.children[0], "text");
  });

  it("is not disturbed by names that objects inherit", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const elements = names.map((name) => `<${name} value='1'><${name}/></${name}>`).join("");
    const attributes = names.map((name) => `${name}='1'`).join(" ");
    assert.deepEqual(domainOf(`${elements}<cpu ${attributes}>${elements}</cpu>`), {
      type: "kvm",
      sysinfo: [],
      seclabel: [],
      cpu: { feature: [] },
    });
  });

  it("follows a backing chain to its end", () => {
    const chain = "<backingStore type='file'>".repeat(400) + "</backingStore>".repeat(400);
    let store = domainOf(`<devices><disk>${chain}</disk></devices>`).devices?.disk[0]?.backingStore;
    let depth = 0;
    for (; store !== undefined; store = store.backingStore) depth += 1;
    assert.equal(depth, 400);
  });
});
