import { type SaxesAttributeNS, SaxesParser } from "saxes";

/** As in libxml2, a document that says to be XML 1.1 is read by the rules of 1.0. */
export const SAXES_OPTIONS = { xmlns: true, position: false, forceXMLVersion: true, defaultXMLVersion: "1.0" } as const;

/** A start tag whose name is not resolved yet. */
export interface OpenTag {
  readonly name: string;
  prefix: string;
  local: string;
  uri: string;
}

/** saxes as seen from within: what it offers, and of its own state what `QuickSaxes` needs. Its version is pinned. */
export interface OpenSaxes {
  readonly position: number;
  on: SaxesParser<typeof SAXES_OPTIONS>["on"];
  write(text: string): this;
  close(): this;
  fail(message: string): this;
  resolve(prefix: string): string | undefined;

  /** The text that is being read, and the place of the character that comes next. */
  readonly chunk: string;
  i: number;
  /** What has been read of a text, a value, a comment or a CDATA section, or of a name. */
  text: string;
  name: string;
  /** Which of its steps comes next. */
  state: number;
  /** How much of `]]>` stands before the next character of a text, 0 for nothing. */
  forbiddenState: number;
  /** The start tag that is being read, and its attributes. */
  readonly tag: OpenTag;
  attribList: SaxesAttributeNS[];
  handleTextInRoot(): void;
  sAttrib(): void;
  sAttribValueQuoted(): void;
  pushAttrib(name: string, value: string): void;
  processAttribsNS(): void;
  sComment(): void;
  sCData(): void;
  captureNameChars(): number;
}

/** saxes' own class. */
export const OpenSaxes = SaxesParser as unknown as new (options: typeof SAXES_OPTIONS) => OpenSaxes;
