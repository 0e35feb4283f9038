import type { DocumentAttempt } from "./attempt.ts";
import { doctypes } from "./themes/doctypes.ts";
import { encodings } from "./themes/encodings.ts";
import { floods } from "./themes/floods.ts";
import { names } from "./themes/names.ts";
import { namespaces } from "./themes/namespaces.ts";
import { networks } from "./themes/networks.ts";
import { references } from "./themes/references.ts";
import { sizes } from "./themes/sizes.ts";
import { slow } from "./themes/slow.ts";
import { structure } from "./themes/structure.ts";
import { words } from "./themes/words.ts";

/** The hostile documents, by what they try. */
export const documentAttempts: readonly DocumentAttempt[] = [
  ...doctypes,
  ...encodings,
  ...references,
  ...structure,
  ...namespaces,
  ...names,
  ...words,
  ...networks,
  ...sizes,
  ...floods,
  ...slow,
];
