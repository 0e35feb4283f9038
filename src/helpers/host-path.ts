/**
 * A path on the host with `.`, `..` and repeated slashes resolved by name. One that is not absolute gets the word
 * before it, so that it can be taken for none on the host.
 */
export function hostPath(path: string, word: string): string {
  if (!path.startsWith("/")) return `${word}:${path}`;
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}
