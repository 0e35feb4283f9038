import type * as api from "../../../typings/test.d.ts";
import type { Edit } from "../../rewrite/edit.ts";
import { ask } from "./bridge.ts";

export const guest: typeof api.guest = (parts = "", options = {}) =>
  ask({ ask: "guest", parts, options: { ...options } as Record<string, string> });

export const network: typeof api.network = (parts = "", port) =>
  ask({ ask: "network", parts, ...(port === undefined ? {} : { port }) });

export const changed: typeof api.changed = (document, change) => {
  const edits: Edit[] = [];
  change({
    setAttribute: (at, value) => void edits.push({ edit: "set-attribute", at, value: String(value) }),
    removeAttribute: (at) => void edits.push({ edit: "remove-attribute", at }),
    setText: (at, text) => void edits.push({ edit: "set-text", at, value: String(text) }),
    removeElement: (at) => void edits.push({ edit: "remove-element", at }),
    addElement: (at, element) => void edits.push({ edit: "add-element", at, element: written(element) }),
  });
  return ask({ ask: "change", document, edits });
};

type Given = Parameters<Parameters<Parameters<typeof api.changed>[1]>[0]["addElement"]>[1];
type Written = Extract<Edit, { edit: "add-element" }>["element"];

/** An element with all values as texts. */
function written({ name, attributes = {}, children = [] }: Given): Written {
  return {
    name,
    attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
    children: children.map((child) => (typeof child === "string" ? child : written(child))),
  };
}
