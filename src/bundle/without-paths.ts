/** A module that is loaded when it is first asked for: esbuild names its function by its path. */
const WRAPPED = /(\b__(?:commonJS|esm)\d*\(\{)(["'])((?:\\.|(?!\2)[^\\])*)\2\(/g;

/** The call that ends every script which esbuild makes in the format `iife`. */
const LAST_CALL = /\}\)\(\);\s*$/;

/**
 * Takes out of esbuild's code what is not for policies to see, without moving what source maps speak of: a policy's stack
 * traces would show it the paths of modules. The script's last call gets a line of its own, which no map knows, since
 * it is nobody's.
 */
export function withoutPaths(code: string): string {
  return code
    .replace(
      WRAPPED,
      (_, start: string, quote: string, path: string) => `${start}${quote}${"_".repeat(path.length)}${quote}(`,
    )
    .replace(LAST_CALL, "\n})();\n");
}
