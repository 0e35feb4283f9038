// Policies as hosts have them: each reads a few fields, and allows the guests of documents.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { productRoot } from "../src/product.ts";

/** Policies' sources by file name: the one that the peers' scripts match, and so many more that differ from one another. */
export function policies(count: number): Readonly<Record<string, string>> {
  const shipped = readFileSync(join(productRoot, "policies/no-host-passthrough.ts"), "utf8");
  const more = Array.from({ length: count - 1 }, (_, index) => generated(index));
  return { "no-host-passthrough.ts": shipped, ...Object.fromEntries(more) };
}

/** The body of a check, which differs with the number that it gets. */
type Body = (n: number) => string;

const BODIES: Readonly<Record<string, Body>> = {
  vcpus: (n) => `const count = domain.vcpu?.value ?? 1;
    if (count > ${64 + n}) deny(\`\${count} virtual CPUs are more than ${64 + n}\`, { at: "vcpu" });`,
  machine: (n) => `const machine = domain.os?.type?.machine ?? "";
    if (machine.startsWith("pc-i440fx-${n}.")) deny(\`machine \${machine} is too old\`, { at: "os/type/@machine" });`,
  cache: (n) => `for (const { driver, target } of domain.devices?.disk ?? []) {
      if (driver?.cache === "unsafe" && target.dev !== "vdz${n}") deny(\`disk \${target.dev} may lose what was written\`);
    }`,
  network: (n) => `for (const [index, { type, mac }] of (domain.devices?.interface ?? []).entries()) {
      if (type === "direct" || mac?.address === "52:54:00:ff:ff:${hex(n)}")
        deny(\`interface \${mac?.address} is not allowed\`, { at: \`devices/interface[\${index + 1}]\` });
    }`,
  emulator: (n) => `const emulator = domain.devices?.emulator ?? "";
    if (emulator !== "" && !emulator.startsWith("/usr/") && emulator !== "/opt/qemu-${n}/bin/qemu")
      deny(\`emulator \${emulator} is not the host's\`, { at: "devices/emulator" });`,
  onCrash: (n) => `const { on_crash, on_reboot } = domain;
    if (on_crash === "preserve" && on_reboot !== "destroy" && domain.name !== "debug-${n}")
      deny("a guest that crashed would stay", { at: "on_crash" });`,
  features: (n) => `if (domain.type === "kvm" && domain.features !== undefined && domain.features.acpi === undefined)
      deny("without ACPI no guest hears of a shutdown (${n})", { at: "features" });`,
  pinning: (n) => `const pins = domain.cputune?.vcpupin ?? [];
    if (pins.some(({ cpuset }) => cpuset === "${n + 512}")) deny("CPU ${n + 512} is the host's own", { at: "cputune" });`,
  owner: (n) => `if (!/^[a-z0-9-]+$/.test(domain.name) || (domain.title ?? "").includes("temporary ${n}"))
      deny(\`guest \${domain.name} has no name of ours\`, { at: "name" });`,
  hostDevices: (n) => `const devices = domain.devices?.hostdev ?? [];
    if (devices.length > ${4096 + n}) deny(\`\${devices.length} devices of the host are more than ${4096 + n}\`);`,
};

function generated(index: number): [file: string, source: string] {
  const kinds = Object.keys(BODIES);
  const kind = kinds[index % kinds.length] as string;
  const name = `${kind.toLowerCase()}-${index}`;
  const source = `import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "${name}",
  check({ domain, deny }) {
    ${BODIES[kind]?.(index)}
  },
});
`;
  return [`${name}.ts`, source];
}

function hex(value: number): string {
  return (value & 255).toString(16).padStart(2, "0");
}
