import type { SaxesAttributeNS } from "saxes";
import { SAXES_OPTIONS } from "./open-saxes.ts";
import { PrefixStacks } from "./prefix-stacks.ts";
import { QuickSaxes } from "./quick-saxes.ts";

/** What saxes says of a namespace's name that it has trimmed; names.ts judges the name as it is. */
const ABOUT_TRIMMED = /^(?:invalid attempt to undefine|may not assign|the default namespace may not|xml prefix must)/;

/**
 * saxes, strict, for XML 1.0 with namespaces. What it is told about `xmlns` attributes is kept beside it: saxes walks
 * up all ancestors for each lookup, which lets a small deep document take minutes, and trims URIs, which libxml2 does not.
 */
export class NamespaceParser extends QuickSaxes {
  readonly prefixes = new PrefixStacks();

  constructor() {
    super(SAXES_OPTIONS);
  }

  override fail(message: string): this {
    return ABOUT_TRIMMED.test(message) ? this : super.fail(message);
  }

  /**
   * Resolves the names of a start tag: without prefixes at a glance, and without the record of attributes that saxes
   * makes, for which nobody asks.
   */
  override processAttribsNS(): void {
    const { tag, attribList } = this;
    if (tag.name.includes(":") || !areUnprefixed(attribList) || repeatsName(attribList)) {
      super.processAttribsNS();
      return;
    }
    tag.prefix = "";
    tag.local = tag.name;
    tag.uri = this.resolve("") ?? "";
    this.attribList = [];
  }

  override resolve(prefix: string): string | undefined {
    return this.prefixes.resolve(prefix);
  }
}

/** Gives attributes without a prefix their namespace, none; says whether all are such. */
function areUnprefixed(attributes: readonly SaxesAttributeNS[]): boolean {
  for (let index = 0; index < attributes.length; index += 1) {
    const attribute = attributes[index] as SaxesAttributeNS;
    if (attribute.prefix !== "" || attribute.name === "xmlns") return false;
    attribute.uri = "";
  }
  return true;
}

/** How many attributes are compared with each other, because that is quicker than to gather their names. */
const FEW = 8;

function repeatsName(attributes: readonly SaxesAttributeNS[]): boolean {
  if (attributes.length > FEW) return new Set(attributes.map(({ name }) => name)).size < attributes.length;
  for (let index = 1; index < attributes.length; index += 1) {
    const { name } = attributes[index] as SaxesAttributeNS;
    for (let other = 0; other < index; other += 1) if (attributes[other]?.name === name) return true;
  }
  return false;
}
