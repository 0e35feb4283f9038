import { parseXml } from "../xml/parse.ts";
import { TestFault } from "./test-fault.ts";

/** libvirt's namespaces, by the prefixes that it writes. @see libvirt's src/conf/schemas/domain*.rng */
const NAMESPACES: Readonly<Record<string, string>> = {
  qemu: "http://libvirt.org/schemas/domain/qemu/1.0",
  lxc: "http://libvirt.org/schemas/domain/lxc/1.0",
  xen: "http://libvirt.org/schemas/domain/xen/1.0",
  bhyve: "http://libvirt.org/schemas/domain/bhyve/1.0",
};

const GUEST = {
  memory: "<memory unit='GiB'>2</memory>",
  vcpu: "<vcpu>2</vcpu>",
  os: "<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>",
};
const NETWORK = {
  name: "<name>default</name>",
  uuid: "<uuid>dd8fe884-6c02-601e-7551-cca97df1c5df</uuid>",
  bridge: "<bridge name='virbr0'/>",
};
const PORT = {
  uuid: "<uuid>5d744f21-ba4a-4d6e-bdb2-30a35ff3207d</uuid>",
  owner: "<owner><name>web1</name><uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid></owner>",
  mac: "<mac address='52:54:00:7b:35:93'/>",
  plug: "<plug type='network' bridge='virbr0'/>",
};

/** What of a minimal guest is to be otherwise. */
export interface MinimalGuest {
  readonly name?: string;
  readonly uuid?: string;
  readonly type?: string;
}

/**
 * A minimal guest with parts of its own, each in place of those with its name.
 *
 * @param parts Child elements of `domain`, as XML.
 * @throws {TestFault} where they are not well-formed.
 */
export function minimalGuest(parts: string, options: MinimalGuest): string {
  const { name = "web1", uuid = "4dea22b3-1d52-d8f3-2516-782e98ab3fa0", type = "kvm" } = options;
  const own = { name: `<name>${escaped(name)}</name>`, uuid: `<uuid>${escaped(uuid)}</uuid>`, ...GUEST };
  return element("domain", ` type='${escaped(type)}'`, own, parts, "guest");
}

/** What libvirt tells the network hook of a minimal network, and of a port where one is given. */
export function minimalNetwork(parts: string, port: string | undefined): string {
  const plugged = port === undefined ? "" : `${element("networkport", "", PORT, port, "network")}\n`;
  return `<hookData>\n${element("network", "", NETWORK, parts, "network")}\n${plugged}</hookData>`;
}

/** An element of default parts and given ones. */
function element(
  name: string,
  attributes: string,
  defaults: Readonly<Record<string, string>>,
  parts: string,
  caller: string,
): string {
  const declared = Object.entries(NAMESPACES)
    .filter(([prefix]) => parts.includes(`${prefix}:`))
    .map(([prefix, uri]) => ` xmlns:${prefix}='${uri}'`)
    .join("");
  const taken = namesIn(parts, declared, caller);
  const kept = Object.entries(defaults).flatMap(([part, text]) => (taken.has(part) ? [] : [`  ${text}\n`]));
  const given = parts.trim() === "" ? "" : `  ${parts.trim()}\n`;
  return `<${name}${attributes}${declared}>\n${kept.join("")}${given}</${name}>`;
}

/** The names of the elements that a text consists of. */
function namesIn(parts: string, declared: string, caller: string): ReadonlySet<string> {
  try {
    const { children } = parseXml(Buffer.from(`<parts${declared}>${parts}</parts>`));
    return new Set(
      children.flatMap((child) => (typeof child === "string" || child.namespace !== "" ? [] : [child.name])),
    );
  } catch (error) {
    const why = (error as Error).message.replace(/^.*: it is not well-formed: /, "");
    throw new TestFault(`${caller}(): its parts are not well-formed XML: ${why}`);
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("'", "&apos;");
}
