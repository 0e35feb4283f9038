/** What stands on both sides of a comparison in source code. */
interface Comparison {
  readonly left: string;
  readonly right: string;
}

const TEXT = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
/** A chain of properties, `domain.cpu?.mode` or `disks[0]!.type`. */
const CHAIN = String.raw`[A-Za-z_$][\w$]*(?:!(?!=)|\??\.[\w$]+|(?:\?\.)?\[(?:[\w$]+|${TEXT})\])*`;
const OPERAND = String.raw`${TEXT}|-?\d[\w.]*|${CHAIN}`;
const COMPARISON = new RegExp(String.raw`^(${OPERAND})\s*[!=]==?\s*(${OPERAND})(?![\w$.?([])`);

/**
 * Reads a comparison where it is simple: chains of properties and literals.
 *
 * @param code source code from where the comparison begins.
 */
export function readComparison(code: string): Comparison | undefined {
  const [, left, right] = COMPARISON.exec(code) ?? [];
  return left === undefined || right === undefined ? undefined : { left, right };
}

/** Whether an operand is a literal. */
export function isLiteral(operand: string): boolean {
  return /^["'\d-]/.test(operand) || operand === "true" || operand === "false";
}
