import type { Description } from "./description.ts";

/** A description as the text of its file: a shape a line. */
export function descriptionText({ documents, ...head }: Description): string {
  const parts = Object.entries(documents).map(([name, { shapes, ...rest }]) => {
    const lines = shapes.map((shape, index) => `${JSON.stringify(shape)}${index === shapes.length - 1 ? "" : ","}\n`);
    return `${JSON.stringify(name)}:${JSON.stringify(rest).slice(0, -1)},"shapes":[\n${lines.join("")}]}`;
  });
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n"documents":{\n${parts.join(",\n")}\n}}\n`;
}
