import { SaxesParser } from "saxes";
import { PrefixStacks } from "./prefix-stacks.ts";

type Options = { xmlns: true; position: false; forceXMLVersion: true; defaultXMLVersion: "1.0" };

/** What saxes says of a namespace's name that it has trimmed; names.ts judges the name as it is. */
const ABOUT_TRIMMED = /^(?:invalid attempt to undefine|may not assign|the default namespace may not|xml prefix must)/;

/**
 * saxes, strict, for XML 1.0 with namespaces. What it is told about `xmlns` attributes is kept beside it: saxes walks
 * up all ancestors for each lookup, which lets a small deep document take minutes, and trims URIs, which libxml2 does not.
 */
export class NamespaceParser extends SaxesParser<Options> {
  readonly prefixes = new PrefixStacks();

  constructor() {
    // As in libxml2, a document that says to be XML 1.1 is read by the rules of 1.0.
    super({ xmlns: true, position: false, forceXMLVersion: true, defaultXMLVersion: "1.0" });
  }

  override fail(message: string): this {
    return ABOUT_TRIMMED.test(message) ? this : super.fail(message);
  }

  override resolve(prefix: string): string | undefined {
    return this.prefixes.resolve(prefix);
  }
}
