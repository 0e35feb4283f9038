import { type SaxesAttributeNS, SaxesParser } from "saxes";

/** The namespace of RELAX NG's own elements; all others are annotations. */
const RELAX_NG = "http://relaxng.org/ns/structure/1.0";

/** An element of a schema, annotations left out. */
export interface SchemaNode {
  readonly name: string;
  /** Attributes without namespace, values trimmed. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SchemaNode[];
  readonly text: string;
  /** The `ns` attribute in force here, its own or an ancestor's. */
  readonly ns: string;
  /** The namespaces declared here and above, by prefix. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** `file:line`, for messages. */
  readonly place: string;
}

type OpenNode = SchemaNode & { children: SchemaNode[]; text: string };

/**
 * Reads a RELAX NG schema's XML into nodes.
 *
 * @throws Error when the text is not well-formed.
 * @see https://relaxng.org/spec-20011203.html section 4.1 (annotations), 4.2 (whitespace), 4.8 (`ns`)
 */
export function readSchemaNode(text: string, file: string): SchemaNode {
  const parser = new SaxesParser({ xmlns: true, fileName: file });
  const open: (OpenNode | undefined)[] = [];
  let root: SchemaNode | undefined;
  parser.on("error", (error) => {
    throw new Error(`Cannot read the schema ${file}: ${error.message}`);
  });
  parser.on("opentag", (tag) => {
    const parent = open.at(-1);
    const annotation = tag.uri !== RELAX_NG || (open.length > 0 && parent === undefined);
    const node = annotation ? undefined : openNode(tag, parent, `${file}:${parser.line}`);
    if (node !== undefined) {
      parent?.children.push(node);
      root ??= node;
    }
    open.push(node);
  });
  parser.on("text", (chunk) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += chunk;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(text).close();
  if (root === undefined) throw new Error(`Cannot read the schema ${file}: it holds no RELAX NG element`);
  return root;
}

interface Tag {
  readonly local: string;
  readonly attributes: Record<string, SaxesAttributeNS>;
  readonly ns: Record<string, string>;
}

function openNode(tag: Tag, parent: OpenNode | undefined, place: string): OpenNode {
  const attributes = new Map<string, string>();
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.uri === "") attributes.set(attribute.local, attribute.value.trim());
  }
  return {
    name: tag.local,
    attributes,
    children: [],
    text: "",
    ns: attributes.get("ns") ?? parent?.ns ?? "",
    prefixes: new Map([...(parent?.prefixes ?? []), ...Object.entries(tag.ns)]),
    place,
  };
}
