import assert from "node:assert/strict";
import { test } from "node:test";
import { diskSource, images } from "../../src/index.ts";
import { buildModel } from "../../src/model/build-model.ts";
import { parseXml } from "../../src/xml/parse.ts";
import type { Domain } from "../../typings/index.d.ts";
import { guestModel } from "./model-of.ts";

/** Images' places and sources. */
const found = (domain: Domain) => images(domain).map(({ image, at }) => `${at} ${diskSource(image)}`);

test("images() lists disks, mirrors, backing stores and data stores, the disks first", () => {
  const store = "<dataStore type='block'><format type='raw'/><source dev='/dev/data'/></dataStore>";
  const domain = guestModel(
    `<disk type='file'><source file='/srv/top'>${store}</source>
      <backingStore type='file'><format type='qcow2'/><source file='/srv/middle'>${store}</source>
        <backingStore type='volume'><format type='raw'/><source pool='p' volume='root'/><backingStore/></backingStore>
      </backingStore>
      <mirror type='file' job='copy'><source file='/srv/copy'/>
        <backingStore type='file'><format type='raw'/><source file='/srv/below'/></backingStore>
      </mirror>
      <target dev='vda'/></disk>
    <disk type='file' device='cdrom'><target dev='sda'/></disk>`,
  );
  assert.deepEqual(found(domain), [
    "devices/disk[1] /srv/top",
    "devices/disk[2] undefined",
    "devices/disk[1]/backingStore /srv/middle",
    "devices/disk[1]/mirror /srv/copy",
    "devices/disk[1]/source/dataStore /dev/data",
    "devices/disk[1]/backingStore/backingStore volume:p/root",
    "devices/disk[1]/backingStore/source/dataStore /dev/data",
    "devices/disk[1]/mirror/backingStore /srv/below",
  ]);
});

test("images() lists UEFI's variables where they have a source", () => {
  const guest = (nvram: string): Domain => {
    const document = `<domain type='kvm'><name>a</name><os><type>hvm</type>${nvram}</os></domain>`;
    return buildModel(parseXml(Buffer.from(document)), "domain") as unknown as Domain;
  };
  assert.deepEqual(found(guest("<nvram type='block'><source dev='/dev/vars'/></nvram>")), ["os/nvram /dev/vars"]);
  assert.deepEqual(found(guest("<nvram>/var/lib/libvirt/qemu/nvram/a.fd</nvram>")), []);
  assert.deepEqual(images({}), []);
});
