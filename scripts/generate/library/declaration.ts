/** A statement of a library file, or a member of an interface, as text. */
interface Part {
  readonly text: string;
  /** The types that it mentions, by their first name: `Intl` for `Intl.NumberFormat`. */
  readonly mentions: ReadonlySet<string>;
}

/** A member of an interface. */
interface Member extends Part {
  /** As the source has it; none for a call, construct or index signature. */
  readonly name?: string;
}

/** What a library file declares globally. */
export interface Declaration extends Part {
  readonly kind: "value" | "interface" | "alias" | "namespace";
  readonly name: string;
  /** Of an interface. The text is then what stands before them, and they mention things of their own. */
  readonly members: readonly Member[];
}

/** A declaration as source code. */
export function writeDeclaration({ kind, text, members }: Declaration): string {
  return kind === "interface" ? `${text}${members.map((member) => member.text).join("")}\n}` : text;
}
