import type { Edit } from "../../src/rewrite/edit.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { everyElement, everyPlace } from "./places.ts";

/** Markup and text as they follow each other. */
const TOKEN = /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+/g;
const ATTRIBUTE = /([ \t\r\n]+)([^ \t\r\n=]+)([ \t\r\n]*=[ \t\r\n]*)("[^"]*"|'[^']*')/g;

/** Attributes that an added element or attribute may have in the reference's eyes; what it is like is not compared. */
export const ADDED = "added";

/**
 * The slow and plain way to edit a document, to compare with: token by token, with every added element and attribute
 * taken out again by {@link withoutAdded}, and every new text or value as it is given.
 *
 * @param edits Edits that do not contradict each other.
 */
export function editedText(text: string, root: XmlElement, edits: readonly Edit[]): string {
  const elements = everyElement(root);
  const places = new Map(everyPlace(root).map(({ at, element }) => [at, element]));
  const of = (element: XmlElement, kind: Edit["edit"]): Edit[] =>
    edits.filter((edit) => edit.edit === kind && places.get(edit.at.replace(/\/?@[^/]*$/, "")) === element);
  const open: { readonly element: XmlElement; readonly isKept: boolean; readonly holds: boolean }[] = [];
  const shown: string[] = [];
  let next = 0;
  for (const token of text.match(TOKEN) ?? []) {
    const parent = open.at(-1) ?? { isKept: true, holds: true };
    const isEnd = token.startsWith("</");
    if (!isEnd && !/^<[^!?]/.test(token)) {
      if (parent.isKept && parent.holds) shown.push(token);
      continue;
    }
    if (isEnd) {
      if (open.pop()?.isKept) shown.push(token);
      continue;
    }
    const element = elements[next] as XmlElement;
    next += 1;
    const isKept = parent.isKept && of(element, "remove-element").length === 0;
    const [change] = of(element, "set-text");
    const [before = ""] = element.children;
    const isChanged = change !== undefined && "value" in change && change.value !== before;
    const fills = isChanged || of(element, "add-element").length > 0;
    const closesItself = token.endsWith("/>");
    const tag = editedTag(token, element, [...of(element, "set-attribute"), ...of(element, "remove-attribute")]);
    if (isKept) {
      const content = isChanged ? change.value : "";
      const name = /^<([^ \t\r\n/>]+)/.exec(token)?.[1] ?? "";
      shown.push(closesItself && fills ? `${tag.slice(0, -2)}>${content}</${name}>` : tag + content);
    }
    if (!closesItself) open.push({ element, isKept, holds: !isChanged });
  }
  return shown.join("");
}

function editedTag(tag: string, element: XmlElement, edits: readonly Edit[]): string {
  const own = element.attributes.filter(({ namespace }) => namespace === "");
  return tag.replace(ATTRIBUTE, (whole, space: string, name: string, equals: string, quoted: string) => {
    const edit = edits.find(({ at }) => at.endsWith(`@${name}`));
    const attribute = own.find((each) => each.name === name);
    if (edit === undefined || attribute === undefined || name.includes(":")) return whole;
    if (edit.edit === "remove-attribute") return "";
    const value = "value" in edit ? edit.value : "";
    return value === attribute.value ? whole : `${space}${name}${equals}${quoted[0]}${value}${quoted[0]}`;
  });
}

/** Takes what was added out of a text again. */
export function withoutAdded(text: string): string {
  return text.replace(/<added[^>]*?(?:\/>|>[\s\S]*?<\/added>)/g, "").replace(/ added='[^']*'/g, "");
}
