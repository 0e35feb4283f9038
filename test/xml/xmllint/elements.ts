import fc from "fast-check";
import { attributes, declarations, name, rootDeclarations, space } from "./attributes.ts";
import { cdata, characters, comment } from "./contents.ts";

const { node } = fc.letrec<{ node: string; element: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    { arbitrary: characters, weight: 3 },
    { arbitrary: comment, weight: 1 },
    { arbitrary: cdata, weight: 1 },
    { arbitrary: tie("element"), weight: 4 },
  ),
  element: elementWith(declarations, fc.array(tie("node"), { maxLength: 4, size: "max" })),
}));

/** An element with all that is inside it. */
export const root = elementWith(rootDeclarations, fc.array(node, { maxLength: 5, size: "max" }));

function elementWith(declared: fc.Arbitrary<string>, nodes: fc.Arbitrary<string[]>): fc.Arbitrary<string> {
  return fc
    .tuple(name, declared, attributes, space, nodes, fc.boolean(), space)
    .map(([key, before, after, gap, children, isShort, end]) => {
      const tag = `${key}${before}${after}${gap}`;
      return children.length === 0 && isShort ? `<${tag}/>` : `<${tag}>${children.join("")}</${key}${end}>`;
    });
}
