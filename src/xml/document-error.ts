/** Why a document is refused, for programs. */
export type DocumentErrorCode =
  | "empty"
  | "too-large"
  | "too-deep"
  | "encoding"
  | "doctype"
  | "processing-instruction"
  | "malformed"
  | "readers-disagree"
  | "wrong-root"
  | "repeated"
  | "number"
  | "ambiguous";

/** A document that virt-warden refuses to read, and where. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly code: DocumentErrorCode;
  /** 1-based. */
  readonly line: number;
  /** In characters, 1-based. */
  readonly column: number;

  constructor(code: DocumentErrorCode, message: string, line: number, column: number) {
    super(message);
    this.code = code;
    this.line = line;
    this.column = column;
  }
}
