import {
  type Identifier,
  isExpressionWithTypeArguments,
  isFunctionDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isMethodSignatureDeclaration,
  isModuleDeclaration,
  isPropertySignatureDeclaration,
  isQualifiedName,
  isTypeAliasDeclaration,
  isTypeQueryNode,
  isTypeReferenceNode,
  isVariableStatement,
  type Node,
  type Statement,
} from "typescript/unstable/ast";
import type { Declaration } from "./declaration.ts";

/** How much deeper than in a script a module's global declarations stand. */
const INDENT = /^ {4}/gm;

/**
 * Reads a global declaration.
 *
 * @param source the text of its file.
 * @throws {Error} when it is none of a library's kinds.
 */
export function readStatement(statement: Statement, source: string): Declaration {
  const { kind, name } = identify(statement, source);
  const indented = /(?:^|\n) +$/.test(source.slice(0, statement.getStart()));
  const text = (from: number, to: number) => {
    const raw = source.slice(from, to);
    return indented ? raw.replace(INDENT, "") : raw;
  };
  const comment = comments(source.slice(statement.pos, statement.getStart()));
  const start = indented ? comment.replace(INDENT, "") : comment;
  if (!isInterfaceDeclaration(statement)) {
    const mentions = mentionsOf([statement]);
    const code = text(statement.getStart(), statement.end);
    // inside `declare global` a variable is declared as it is
    return { kind, name, text: start + code.replace(/^var /, "declare var "), mentions, members: [] };
  }
  const heads = [...(statement.typeParameters ?? []), ...(statement.heritageClauses ?? [])];
  const members = statement.members.map((member) => ({
    ...nameOf(member),
    text: text(member.pos, member.end),
    mentions: mentionsOf([member]),
  }));
  const head = start + text(statement.getStart(), statement.members.pos);
  return { kind, name, text: head, mentions: mentionsOf(heads), members };
}

function identify(statement: Statement, source: string): Pick<Declaration, "kind" | "name"> {
  if (isInterfaceDeclaration(statement)) return { kind: "interface", name: statement.name.text };
  if (isTypeAliasDeclaration(statement)) return { kind: "alias", name: statement.name.text };
  if (isModuleDeclaration(statement)) return { kind: "namespace", name: statement.name.text };
  if (isFunctionDeclaration(statement)) return { kind: "value", name: statement.name?.text ?? "" };
  if (isVariableStatement(statement)) {
    const [variable, ...more] = statement.declarationList.declarations;
    if (variable !== undefined && more.length === 0) return { kind: "value", name: variable.name.getText() };
  }
  throw new Error(`Cannot read a library's statement: ${source.slice(statement.getStart(), statement.end)}`);
}

/** The documentation right before a statement; headings, licences and references are left out. */
function comments(trivia: string): string {
  const [last] = trivia.match(/[ \t]*\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/) ?? [];
  return last === undefined ? "" : `${last.trimEnd()}\n`;
}

/** The name of an interface's member; accessors do not occur. */
function nameOf(member: Node): { readonly name?: string } {
  if (!isMethodSignatureDeclaration(member) && !isPropertySignatureDeclaration(member)) return {};
  return { name: member.name.getText() };
}

/** The first names of all types that nodes mention. */
function mentionsOf(nodes: readonly Node[]): Set<string> {
  const found = new Set<string>();
  const visit = (node: Node): void => {
    if (isTypeReferenceNode(node)) found.add(firstName(node.typeName).text);
    else if (isTypeQueryNode(node)) found.add(firstName(node.exprName).text);
    else if (isExpressionWithTypeArguments(node)) found.add(firstName(node.expression).text);
    node.forEachChild(visit);
  };
  nodes.forEach(visit);
  return found;
}

/** `Intl` of `Intl.NumberFormat`. */
function firstName(name: Node): Identifier {
  if (isIdentifier(name)) return name;
  if (isQualifiedName(name)) return firstName(name.left);
  throw new Error(`Cannot read a type's name: ${name.getText()}`);
}
