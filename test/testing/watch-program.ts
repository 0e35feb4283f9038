/** Watches a folder as `test --watch` does; what it runs is to read a file of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runOnChanges } from "../../src/testing/watch.ts";
import { UserError } from "../../src/user-error.ts";

const [, , folder = ""] = process.argv;

await runOnChanges({
  folder,
  run: async () => {
    const file = join(folder, "policies/a.ts");
    const text = readFileSync(file, "utf8").trim();
    if (text === "broken") throw new UserError([{ file, line: 1, message: "it is broken" }]);
    console.log(`ran with ${text}`);
  },
  say: (line) => console.log(line),
});
