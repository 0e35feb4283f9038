import type { TextUse } from "./content.ts";
import type { Scalar } from "./scalar.ts";

/** The child elements of one name of a shape. */
export interface ElementProperty {
  /** The property in the model: the element's name unless an attribute beside it has that. */
  readonly property: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly many: boolean;
}

/** What an element is in the model, whichever of its definitions a document follows. */
export interface Shape {
  /** The element's name, with its namespace's prefix. */
  readonly name: string;
  /** The definitions in the schema that it stands in. */
  readonly defines: readonly string[];
  readonly attributes: Map<string, { readonly scalar: Scalar; readonly required: boolean }>;
  readonly elements: Map<string, ElementProperty>;
  readonly text: TextUse | undefined;
  /** Whether other cases of the element have text, and this one none: so that a policy finds it empty. */
  readonly textless: boolean;
  /** Whether elements of any name may be children. */
  readonly foreign: boolean;
  /**
   * The attribute that decides what else the element holds. The shape itself then holds what any of the cases does, an
   * attribute of one and an element of another in the same property where they have one name.
   */
  choice?: Choice;
}

/** An attribute that decides a shape. */
export interface Choice {
  /** The attribute's name. */
  readonly by: string;
  readonly cases: readonly Case[];
}

/** The shape that goes with some values of the deciding attribute. */
export interface Case {
  /** `undefined` where the attribute is absent. */
  readonly values: readonly (string | undefined)[];
  /** The deciding attribute is not among its attributes. */
  readonly shape: Shape;
}
