import { isModuleDeclaration, type SourceFile, type Statement } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";
import type { Declaration } from "./declaration.ts";
import type { LibraryFile } from "./library-files.ts";
import { readStatement } from "./read-statement.ts";

/** A folder that needs not be there: the compiler is given all files. */
const FOLDER = "/library";

/**
 * Reads library files with TypeScript's own parser.
 *
 * @returns what each declares globally, in the order of the files. A file that is a module does so in `declare global`.
 * @throws {Error} when a file holds a kind of statement that is none of a library's.
 */
export function parseLibrary(files: readonly LibraryFile[]): Declaration[] {
  const texts = new Map(files.map(({ name, text }) => [`${FOLDER}/${name}.d.ts`, text]));
  const project = `${FOLDER}/tsconfig.json`;
  texts.set(project, JSON.stringify({ compilerOptions: { noLib: true, types: [] }, files: [...texts.keys()] }));
  const fs = { readFile: (file: string) => texts.get(file) ?? null, fileExists: (file: string) => texts.has(file) };
  const api = new API({ cwd: "/", fs });
  try {
    const program = api.updateSnapshot({ openProjects: [project] }).getProject(project)?.program;
    return files.flatMap(({ name }) => {
      const source = program?.getSourceFile(`${FOLDER}/${name}.d.ts`);
      if (source === undefined) throw new Error(`Cannot parse the library ${name}: the compiler did not read it`);
      return globalStatements(source).map((statement) => readStatement(statement, source.text));
    });
  } finally {
    api.close();
  }
}

function globalStatements(source: SourceFile): readonly Statement[] {
  for (const statement of source.statements) {
    if (!isModuleDeclaration(statement) || statement.name.text !== "global") continue;
    if (statement.body !== undefined && "statements" in statement.body) return statement.body.statements;
  }
  return source.statements;
}
