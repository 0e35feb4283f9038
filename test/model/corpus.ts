import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseXml } from "../../src/xml/parse.ts";
import type { XmlElement } from "../../typings/xml.d.ts";

/** A document of the corpus. */
export interface CorpusDocument {
  readonly name: string;
  readonly root: XmlElement;
}

/** Reads every document of one of the corpus' folders. */
export function readCorpus(folder: "guests" | "networks"): CorpusDocument[] {
  const directory = join(import.meta.dirname, "../corpus", folder);
  const names = readdirSync(directory).filter((name) => name.endsWith(".xml"));
  return names.sort().map((name) => ({ name, root: parseXml(readFileSync(join(directory, name))) }));
}

/** Reads a document's text. */
export function parse(text: string): XmlElement {
  return parseXml(new TextEncoder().encode(text));
}
