import type { Description } from "./description/description.ts";
import { descriptionText } from "./description/text.ts";
import { generate } from "./generate.ts";
import { generateLibrary } from "./library/generate-library.ts";
import { MEANINGS } from "./meanings/index.ts";
import { createLookup } from "./meanings/lookup.ts";
import { SUBJECTS } from "./subjects.ts";

/** Where the description is kept, in the project. */
export const DESCRIPTION_FILE = "scripts/generate/libvirt.generated.json";

/** All that is generated. */
interface Outputs {
  /** The text of each file, by its path in the project. */
  readonly texts: ReadonlyMap<string, string>;
  /** The meanings that are about nothing in these documents: another libvirt may not have it. */
  readonly unused: readonly string[];
}

/** Makes all generated files of a description. */
export function outputs(description: Description): Outputs {
  const texts = new Map([[DESCRIPTION_FILE, descriptionText(description)]]);
  const meanings = createLookup(MEANINGS);
  for (const [name, { typings, table }] of generate(description, SUBJECTS, meanings)) {
    texts.set(`typings/${name}.d.ts`, typings);
    texts.set(`src/model/${name}.generated.ts`, table);
  }
  texts.set("typings/globals.d.ts", generateLibrary());
  return { texts, unused: meanings.unused() };
}
