import type { XmlElement } from "../../typings/xml.d.ts";

/** An attribute, `xmlns` ones among them: its name as it is written, and its normalised value. */
export interface WitnessedAttribute {
  readonly name: string;
  readonly value: string;
}

/** A start tag as it is written. */
export interface WitnessedTag {
  readonly name: string;
  readonly attributes: readonly WitnessedAttribute[];
  /** Where it begins, in UTF-16 units. */
  readonly offset: number;
}

/** What saxes found in a document. */
export interface Witnessed {
  readonly root: XmlElement;
  /** Those of all elements, in their order. */
  readonly tags: readonly WitnessedTag[];
}
