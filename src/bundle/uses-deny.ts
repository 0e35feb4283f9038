import { transform } from "esbuild";

/**
 * Whether a policy can deny: its code, or what it imports, takes `deny` from something. The bundler says so, which would
 * rename each property of that name; texts and variables are none.
 *
 * @param code a slice's code.
 */
export async function usesDeny(code: string): Promise<boolean> {
  const { mangleCache = {} } = await transform(code, {
    mangleProps: /^deny$/,
    mangleQuoted: true,
    // without one, it does not tell what it renamed
    mangleCache: {},
    logLevel: "silent",
  });
  return Object.hasOwn(mangleCache, "deny");
}
