/** Adds text to an element's children, joined with text right before it; no text adds nothing. */
export function appendText<Child>(children: (Child | string)[], text: string): void {
  if (text === "") return;
  const end = children.length - 1;
  const last = children[end];
  if (typeof last === "string") children[end] = last + text;
  else children.push(text);
}
