import assert from "node:assert/strict";
import { test } from "node:test";
import { buildFiles } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";
import { judgeBy } from "../support/judge.ts";

/** What a policy in the sandbox logs as `told`, which it computes from `domain` with these helpers. */
async function told(helpers: string, expression: string, document: string): Promise<unknown> {
  const source = `import { definePolicy, ${helpers} } from "virt-warden";
export default definePolicy({
  name: "a",
  check({ domain, log }) {
    log.info("told", { value: ${expression} });
  },
});
`;
  const decision = await judgeBy(await buildFiles({ "policies/a.ts": source }))(document);
  assert.deepEqual(decision.failures, []);
  const fields = decision.logs[0]?.fields as { value?: unknown } | undefined;
  return fields?.value;
}

/** A guest with every size whose default unit is not KiB, and some whose it is; each is 3 of its unit, or as given. */
const sized = (unit: string) => {
  const cache = `<metadata_cache><max_size${unit}>3</max_size></metadata_cache>`;
  const store = (inner: string) =>
    `<backingStore type='file'><format type='qcow2'>${cache}</format><source file='/b'/>${inner}</backingStore>`;
  return guest(`
    <features><smm state='on'><tseg${unit}>3</tseg></smm></features>
    <cpu><numa><cell id='0' cpus='0-1' memory='3'${unit}>
      <cache level='1' associativity='direct' policy='writeback'><size value='3'${unit}/><line value='3'${unit}/></cache>
    </cell></numa></cpu>
    <memtune><hard_limit${unit}>3</hard_limit></memtune>
    <devices>
      <disk type='file'>
        <driver name='qemu' type='qcow2'>${cache}</driver>
        <source file='/a'>
          <dataStore type='file'><format type='raw'>${cache}</format><source file='/d'/></dataStore>
        </source>
        ${store(store("<backingStore/>"))}
        <mirror type='file' job='copy'><format type='qcow2'>${cache}</format><source file='/m'/>${store("")}</mirror>
        <target dev='vda'/>
      </disk>
      <filesystem type='mount'>
        <source dir='/s'/><target dir='/t'/>
        <space_hard_limit${unit}>3</space_hard_limit><space_soft_limit${unit}>3</space_soft_limit>
      </filesystem>
      <filesystem type='ram'><source usage='3'${unit.replace("unit", "units")}/><target dir='/r'/></filesystem>
      <shmem name='a'><size${unit}>3</size></shmem>
      <shmem name='b'><size${unit}>3</size></shmem>
    </devices>`);
};

/** The bytes of all these sizes, by where they are. */
const SIZES = `(() => {
  const { disk: [disk], filesystem: [mounted, ram], shmem } = domain.devices as any;
  const [cell] = domain.cpu!.numa!.cell as any;
  const of = (image: any) => bytes((image.formatElement ?? image.format).metadata_cache.max_size);
  return {
    tseg: bytes((domain.features as any).smm.tseg),
    cell: bytes(cell),
    cacheSize: bytes(cell.cache[0].size),
    cacheLine: bytes(cell.cache[0].line),
    hardLimit: bytes(domain.memtune!.hard_limit!),
    driver: bytes(disk.driver.metadata_cache.max_size),
    dataStore: of(disk.source.dataStore),
    chain: backingChain(disk).map(of),
    mirror: of(disk.mirror),
    mirrorChain: backingChain(disk.mirror).map(of),
    limits: [bytes(mounted.space_hard_limit), bytes(mounted.space_soft_limit)],
    ram: bytes(ram.source),
    shmem: shmem.map(({ size }: any) => bytes(size)),
    copy: bytes({ ...shmem[0].size }),
    seen: [Object.keys(shmem[0].size), JSON.stringify(shmem[0].size)],
  };
})()`;

test("bytes() takes each element's own default unit, also of a copy, and nothing else shows the mark", async () => {
  assert.deepEqual(await told("backingChain, bytes", SIZES, sized("")), {
    tseg: 3 * 2 ** 20,
    cell: 3072,
    cacheSize: 3072,
    cacheLine: 3,
    hardLimit: 3072,
    driver: 3,
    dataStore: 3,
    chain: [3, 3],
    mirror: 3,
    mirrorChain: [3],
    limits: [3, 3],
    ram: 3072,
    shmem: [3, 3],
    copy: 3,
    seen: [["value"], '{"value":3}'],
  });
});

test("bytes() takes the unit that the document names before any default", async () => {
  const three = 3 * 2 ** 30;
  assert.deepEqual(await told("backingChain, bytes", SIZES, sized(" unit='GiB'")), {
    tseg: three,
    cell: three,
    cacheSize: three,
    cacheLine: three,
    hardLimit: three,
    driver: three,
    dataStore: three,
    chain: [three, three],
    mirror: three,
    mirrorChain: [three],
    limits: [three, three],
    ram: three,
    shmem: [three, three],
    copy: three,
    seen: [["unit", "value"], '{"unit":"GiB","value":3}'],
  });
});

test("the mark stands before any of a policy's code ran, whatever that does to built-ins", async () => {
  const source = `import { bytes, definePolicy } from "virt-warden";
Object.defineProperty = () => { throw new Error("spoilt"); };
Object.entries = () => [];
Array.prototype.flatMap = () => [];
export default definePolicy({
  name: "a",
  check({ domain, deny }) {
    deny(String(domain.devices!.shmem.map(({ size }) => bytes(size!))));
  },
});
`;
  const judge = judgeBy(await buildFiles({ "policies/a.ts": source }));
  const decision = await judge(guest("<devices><shmem name='a'><size>7</size></shmem></devices>"));
  assert.deepEqual(decision.failures, []);
  assert.deepEqual(
    decision.findings.map(({ reason }) => reason),
    ["7"],
  );
});

test("every helper runs in the sandbox", async () => {
  const document = guest(`<devices>
    <disk type='network'><source protocol='rbd' name='p/web1'/><target dev='vda'/></disk>
    <interface type='user'><mac address='52:54:00:7b:35:93'/></interface><memballoon model='virtio'/></devices>`);
  const helpers =
    "backingChain, bytes, cpuset, devices, diskSource, images, inIpRange, isIp, isMac, macHasPrefix, pciAddress, sameMac";
  const expression = `(() => {
    const [disk] = domain.devices!.disk;
    const mac = domain.devices!.interface[0]!.mac!.address;
    const thrown = (() => { try { return inIpRange("1", []); } catch (error) { return String(error); } })();
    return [
      bytes(domain.memory!), cpuset("0-2,^1"), pciAddress({ bus: 1 }), diskSource(disk!), backingChain(disk!).length,
      devices(domain).map(({ at }) => at).sort(), isIp("::1"), isIp("1"), inIpRange("::ffff:10.0.0.1", ["fd00::/8", "10.0.0.0/8"]),
      thrown, isMac(mac), sameMac(mac, "52-54-00-7B-35-93"), macHasPrefix(mac, "52:54:00"), images(domain).map(({ at }) => at),
    ];
  })()`;
  assert.deepEqual(await told(helpers, expression, document), [
    2 ** 31,
    [0, 2],
    "0000:01:00.0",
    "rbd:p/web1",
    0,
    ["devices/disk[1]", "devices/interface[1]", "devices/memballoon"],
    true,
    false,
    true,
    'TypeError: Cannot compare IP addresses: "1" is not an IP address',
    true,
    true,
    true,
    ["devices/disk[1]"],
  ]);
});
