import type { SaxesAttributeNS, SaxesTagNS } from "saxes";
import type { XmlAttribute, XmlElement } from "../../typings/xml.d.ts";
import { appendText } from "./append-text.ts";
import { DocumentError, type DocumentErrorCode } from "./document-error.ts";
import { MAX_DEPTH } from "./limits.ts";
import { bindingFault, declaresNamespace, nameFault } from "./names.ts";
import { NamespaceParser } from "./namespace-parser.ts";
import { type Place, PlaceFinder, placeOf } from "./place.ts";
import type { Witnessed, WitnessedTag } from "./witnessed.ts";

type Children = (XmlElement | string)[];

/** An element whose end tag has not come yet. */
interface OpenElement extends Place {
  readonly offset: number;
  readonly children: Children;
  readonly attributes: SaxesAttributeNS[];
  /** Whether it declares namespaces. */
  declares: boolean;
}

/**
 * Reads a document with saxes. Its verdict decides whether the document is well-formed; what it finds the other reader
 * has to find as well.
 *
 * @param text As `hideDeclaration` returns it.
 * @throws DocumentError `malformed`, `doctype`, `processing-instruction` or `too-deep`.
 */
export function witness(text: string): Witnessed {
  return new Witness(text).read();
}

class Witness {
  readonly #text: string;
  readonly #parser = new NamespaceParser();
  readonly #places: PlaceFinder;
  readonly #open: OpenElement[] = [];
  readonly #top: Children = [];
  readonly #tags: WitnessedTag[] = [];
  #children: Children = this.#top;
  /** Where the last tag, comment or CDATA section ended; only text can lie between it and the next one. */
  #markupEnd = 0;

  constructor(text: string) {
    this.#text = text;
    this.#places = new PlaceFinder(text);
  }

  read(): Witnessed {
    this.#listen();
    this.#write();
    this.#close();
    const [root] = this.#top;
    if (typeof root !== "object") throw this.#malformed("the document must contain a root element", this.#text.length);
    return { root, tags: this.#tags };
  }

  #write(): void {
    try {
      this.#parser.write(this.#text);
    } catch (error) {
      throw this.#refusal(error, Math.max(0, this.#parser.position - 1));
    }
  }

  #close(): void {
    try {
      this.#parser.close();
    } catch (error) {
      throw this.#refusal(error, this.#text.length);
    }
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on("xmldecl", () => this.#refuseMarkup("malformed", "libxml2 does not read its XML declaration"));
    parser.on("doctype", () => this.#refuseMarkup("doctype", "a DOCTYPE is not allowed; remove it"));
    parser.on("processinginstruction", () =>
      this.#refuseMarkup("processing-instruction", "a processing instruction is not allowed; remove it"),
    );
    parser.on("comment", () => this.#passMarkup());
    parser.on("opentagstart", () => this.#onStartTagBegin());
    parser.on("attribute", (attribute) => this.#onAttribute(attribute));
    parser.on("opentag", (tag) => this.#onStartTagEnd(tag));
    parser.on("closetag", (tag) => this.#onEndTag(tag));
    parser.on("text", (text) => this.#onText(text));
    parser.on("cdata", (text) => {
      this.#onText(text);
      this.#passMarkup();
    });
  }

  #onStartTagBegin(): void {
    const offset = this.#markupStart();
    const { line, column } = this.#places.find(offset);
    if (this.#open.length >= MAX_DEPTH) {
      const message = `Cannot read the document: elements nest deeper than ${MAX_DEPTH}`;
      throw new DocumentError("too-deep", message, line, column);
    }
    this.#open.push({ offset, line, column, children: [], attributes: [], declares: false });
  }

  #onAttribute(attribute: SaxesAttributeNS): void {
    const open = this.#innermost();
    open.attributes.push(attribute);
    if (!declaresNamespace(attribute)) return;
    const prefix = attribute.prefix === "" ? "" : attribute.local;
    const fault = bindingFault(prefix, attribute.value);
    if (fault !== undefined) throw new Error(fault);
    this.#parser.prefixes.bind(prefix, attribute.value);
    open.declares = true;
  }

  #onStartTagEnd(tag: SaxesTagNS): void {
    this.#passMarkup();
    const { line, column, children, offset, attributes: written, declares } = this.#innermost();
    const { name, local, uri } = tag;
    let fault = nameFault(tag);
    const attributes: XmlAttribute[] = [];
    // a plain loop: this runs once where no JIT compiles it
    for (let index = 0; index < written.length; index += 1) {
      const attribute = written[index] as SaxesAttributeNS;
      fault ??= nameFault(attribute);
      if (declares && declaresNamespace(attribute)) continue;
      attributes.push({ name: attribute.local, namespace: attribute.uri, value: attribute.value });
    }
    if (fault !== undefined) {
      throw new DocumentError("malformed", `Cannot read the document: ${fault}`, line, column);
    }
    this.#tags.push({ name, attributes: written, offset });
    this.#children.push({ name: local, namespace: uri, attributes, children, line, column });
    this.#children = children;
  }

  #onEndTag(tag: SaxesTagNS): void {
    this.#passMarkup();
    if (this.#innermost().declares) for (const prefix of Object.keys(tag.ns)) this.#parser.prefixes.unbind(prefix);
    this.#open.pop();
    this.#children = this.#open[this.#open.length - 1]?.children ?? this.#top;
  }

  #innermost(): OpenElement {
    const open = this.#open[this.#open.length - 1];
    if (open === undefined) throw new Error("saxes speaks of a tag that it had not begun");
    return open;
  }

  #onText(text: string): void {
    // Outside the root element saxes lets only white space through.
    if (this.#open.length > 0) appendText(this.#children, text);
  }

  #passMarkup(): void {
    this.#markupEnd = this.#parser.position;
  }

  /** Where the markup that is being read begins. */
  #markupStart(): number {
    return this.#text.indexOf("<", this.#markupEnd);
  }

  #refuseMarkup(code: DocumentErrorCode, what: string): never {
    const { line, column } = placeOf(this.#text, this.#markupStart());
    throw new DocumentError(code, `Cannot read the document: ${what}`, line, column);
  }

  #refusal(error: unknown, offset: number): Error {
    if (error instanceof DocumentError || !(error instanceof Error)) return error as Error;
    return this.#malformed(error.message.replace(/\.$/, ""), offset);
  }

  #malformed(what: string, offset: number): DocumentError {
    const { line, column } = placeOf(this.#text, offset);
    return new DocumentError("malformed", `Cannot read the document: it is not well-formed: ${what}`, line, column);
  }
}
