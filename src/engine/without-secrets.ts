import { DocumentError } from "../xml/document-error.ts";
import { Scrubber } from "./scrubber.ts";

/**
 * Runs what may refuse a document, and then quotes from it.
 *
 * @param secrets The document's.
 * @throws DocumentError as the work does, without secrets in its message.
 */
export function withoutSecrets<T>(secrets: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { code, message, line, column } = error;
    throw new DocumentError(code, new Scrubber(secrets).scrubQuotes(message), line, column);
  }
}
