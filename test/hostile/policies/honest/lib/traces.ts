/** What another policy would have changed if the two shared anything: nothing, in a world of one's own. */
export function traces(): string[] {
  const found: string[] = [];
  for (const key in Object.prototype) found.push(`Object.prototype has ${key}`);
  for (const key of Object.getOwnPropertyNames(globalThis)) {
    if (/left/.test(key)) found.push(`the global scope has ${key}`);
  }
  if (JSON.stringify(JSON.parse('{"a":[1]}')) !== '{"a":[1]}') found.push("JSON was replaced");
  if (!/native code/.test(String(Array.prototype.push))) found.push("Array.prototype.push was replaced");
  if ([..."ab"].map((each) => each.toUpperCase()).join("-") !== "A-B") found.push("arrays or strings were replaced");
  if (RegExp.$1 !== "") found.push(`RegExp.$1 is ${RegExp.$1}`);
  if (Object.isFrozen(Object.prototype)) found.push("Object.prototype was frozen");
  return found;
}
