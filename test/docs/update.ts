/** `npm run docs:examples [FILE…]`: does what documents say, and writes down what their commands showed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { productRoot } from "../../src/product.ts";
import { DOCUMENTS, readDocument, runDocument } from "./documents.ts";
import { withOutput } from "./steps.ts";

const [, , ...files] = process.argv;
for (const file of files.length > 0 ? files : Object.keys(DOCUMENTS)) {
  const shown = await runDocument(file);
  writeFileSync(join(productRoot, file), withOutput(readDocument(file), shown));
  console.log(`wrote ${file}: ${shown.length} commands`);
}
