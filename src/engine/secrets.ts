import type { XmlAttribute, XmlElement } from "../../typings/xml.d.ts";
import { elementText } from "../model/element-text.ts";
import { CommandLine, maskVariable } from "./command-line-secrets.ts";
import { FoundSecrets, MASK } from "./found-secrets.ts";

/**
 * Puts a mask in place of every secret that a document holds; an empty one stays empty, so that a policy still sees
 * whether it is set. Secrets are:
 *
 * - what libvirt leaves out of a document unless it is asked for with `VIR_DOMAIN_XML_SECURE`: the attribute `passwd` of
 *   `<graphics>` of any type, and the texts of `<cookies><cookie>` of a disk's source, wherever in a backing chain;
 * - in `<commandline>` of libvirt's namespaces (QEMU's, Xen's, bhyve's) what is a password in the program's own syntax:
 *   see `CommandLine` and `maskVariable`.
 *
 * Whatever namespace these names are in: libvirt asks for an attribute by its name alone, and so takes `x:passwd`.
 *
 * libvirt calls nothing else in a document secret, and nothing else is masked: `<auth>` and `<encryption>` name a secret
 * and do not hold it, nor do state files; firmware configuration (Ignition) and OEM strings in `<sysinfo>`, a kernel's
 * `<cmdline>`, a container's `<initarg>` and `<initenv>`, the `query` of a disk's source, session data of
 * `<launchSecurity>`, and what programs keep in `<metadata>` are shown as they are. Networks' documents hold no secrets.
 *
 * @param root Of a domain, also one cut out of a state file.
 * @returns The masked tree, which is the same object where there is nothing to mask, and the secrets' texts.
 * @see https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainXMLFlags and the uses of
 *   `VIR_DOMAIN_DEF_FORMAT_SECURE` in libvirt's src/conf/domain_conf.c
 */
export function maskSecrets(root: XmlElement): { readonly xml: XmlElement; readonly secrets: readonly string[] } {
  const found = new FoundSecrets();
  const xml = withChildren(root, (child) => (child.name === "metadata" ? child : masked(child, false, found)));
  return { xml, secrets: found.texts };
}

function masked(element: XmlElement, isCookie: boolean, found: FoundSecrets): XmlElement {
  const { name } = element;
  if (isCookie && name === "cookie") return maskedText(element, found);
  if (name === "commandline") return maskedCommandLine(element, found);
  const own = name === "graphics" ? maskedAttribute(element, "passwd", (text) => found.hide(text)) : element;
  if (own.children.length === 0) return own;
  const areCookies = name === "cookies";
  return withChildren(own, (child) => masked(child, areCookies, found));
}

function maskedCommandLine(element: XmlElement, found: FoundSecrets): XmlElement {
  const line = new CommandLine(found);
  return withChildren(element, (child) => {
    if (child.name === "arg") {
      line.next(attributeOf(child, "value"));
      return maskedAttribute(child, "value", (text) => line.mask(text));
    }
    if (child.name !== "env") return child;
    return maskedAttribute(child, "value", (text) => maskVariable(attributeOf(child, "name"), text, found));
  });
}

/** The first attribute of a name, in whatever namespace: it is what libvirt reads. */
function attributeOf({ attributes }: XmlElement, name: string): string {
  return attributes.find((attribute) => attribute.name === name)?.value ?? "";
}

function maskedAttribute(element: XmlElement, name: string, mask: (text: string) => string): XmlElement {
  const change = (attribute: XmlAttribute): XmlAttribute => {
    const value = attribute.name === name ? mask(attribute.value) : attribute.value;
    return value === attribute.value ? attribute : { ...attribute, value };
  };
  const attributes = mapped(element.attributes, change);
  return attributes === element.attributes ? element : { ...element, attributes };
}

/** An element whose text is a secret, of elements that do not belong there as well: libvirt reads all of it as one. */
function maskedText(element: XmlElement, found: FoundSecrets): XmlElement {
  const text = elementText(element);
  if (found.hide(text, text.trim()) === text) return element;
  return { ...element, children: [MASK, ...withoutText(element).children] };
}

function withoutText(element: XmlElement): XmlElement {
  return { ...element, children: element.children.filter((child) => typeof child !== "string").map(withoutText) };
}

function withChildren(element: XmlElement, change: (child: XmlElement) => XmlElement): XmlElement {
  const children = mapped(element.children, (child) => (typeof child === "string" ? child : change(child)));
  return children === element.children ? element : { ...element, children };
}

/** The same list where nothing changes, which is nearly always: then nothing is made. */
function mapped<T>(list: readonly T[], change: (each: T) => T): readonly T[] {
  for (let index = 0; index < list.length; index += 1) {
    const each = list[index] as T;
    const first = change(each);
    if (first !== each) return [...list.slice(0, index), first, ...list.slice(index + 1).map(change)];
  }
  return list;
}
