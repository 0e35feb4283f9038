import { SaxesParser } from "saxes";
import { PrefixStacks } from "./prefix-stacks.ts";

type Options = { xmlns: true; position: false; forceXMLVersion: true; defaultXMLVersion: "1.0" };

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

  override resolve(prefix: string): string | undefined {
    return this.prefixes.resolve(prefix);
  }
}
