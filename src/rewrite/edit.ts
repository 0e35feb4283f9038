/** A change to a document, as a policy asked for it. Places are those of the document as it came. */
export type Edit =
  | { readonly edit: "set-attribute"; readonly at: string; readonly value: string }
  | { readonly edit: "remove-attribute"; readonly at: string }
  | { readonly edit: "set-text"; readonly at: string; readonly value: string }
  | { readonly edit: "remove-element"; readonly at: string }
  | { readonly edit: "add-element"; readonly at: string; readonly element: NewElement };

/** An element to be added: as policies write it (`typings/rewrite.d.ts`), all values as text. */
export interface NewElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly (NewElement | string)[];
}

/** What one policy asks for. */
export interface PolicyEdits {
  readonly policy: string;
  readonly edits: readonly Edit[];
}
