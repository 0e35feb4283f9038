/** Esbuild's calls of what runs a lowered async function, and what stands before one where that is the function's name. */
const CALLS =
  /(?:(#[\w$]+|(?<![\\#\w$])[\w$]+)\((?:[^()]|\([^()]*\)){0,200}\)\{return |((?<=[{,])[\w$]+(?=:)|(?:#|(?<![\\#\w$]))[\w$]+(?==))[=:](?:\((?:[^()]|\([^()]*\)){0,200}\)|[\w$]+)=>)?\b__async\((?=(?:this|null),)/g;
const GENERATOR_CALLS = /\b__asyncGenerator\((?=(?:this|null),)/g;

/** What stands before a function without a name. */
const NOT_NAMES = ["function", "if", "for", "while", "with", "switch", "catch"];

/** The script's last line, which no source map knows. */
const LAST_LINE = /\n\}\)\(\);\n$/;

/**
 * Makes the promise of a lowered function, and what goes on with its body. The first part of the body runs without one
 * more call in between: V8 keeps ten calls in a stack trace, and one is to be `check`'s.
 */
const START =
  'function $vwStart(t,a,g,n){var s={};s.p=new Promise((f,r)=>{s.f=f;s.r=r});s.d=x=>x.done?s.f(x.value):Promise.resolve(x.value).then(v=>{try{s.d(s.g.next(v))}catch(e){s.r(e)}},e=>{try{s.d(s.g.throw(e))}catch(e){s.r(e)}});if(n)__defProp(g,"name",{value:n});try{s.g=g.apply(t,a)}catch(e){s.r(e)}return s}';

/**
 * Runs a lowered async generator. Esbuild's own waits for each promise that it gives out, so that one rejection after
 * the other would count as handled: the caller gets a further promise, which it has to wait for itself.
 */
const RUN_GENERATOR =
  'function $vwGenerator0000(t,a,g){g=__asyncGenerator(t,a,g);["next","throw","return"].forEach(k=>{var o=g[k];g[k]=v=>o(v).then()});return g}';

/** So many have names of the length of `__async`: `$vw0000` and so on. */
const MAX_NAMES = 10_000;

/** The names of the functions in the last line. */
const TAKEN = /\$vw(?:\d{4}|Start|Generator0000)(?![\w$])/;

/** A policy, or what it imports, has a name that only {@link withAsyncNames} may give. */
export class TakenNameError extends Error {
  override readonly name = "TakenNameError";
}

/**
 * Gives async functions, which esbuild has made generators without a name, their names in stack traces. Each calls a
 * function of its own in place of `__async`, with a name of the same length, so that what source maps speak of stays
 * where it is; those functions stand in the last line.
 *
 * @param code a script of esbuild's without whitespace, whose last call has a line of its own.
 * @throws {TakenNameError} where the code has such names itself, be it in a text.
 */
export function withAsyncNames(code: string): string {
  if (!code.includes("__async")) return code;
  const names: string[] = [];
  const named = code
    .replace(CALLS, (text, method?: string, variable?: string) => {
      const name = method ?? variable ?? "";
      if (names.length === MAX_NAMES) return text;
      names.push(NOT_NAMES.includes(name) ? "" : name);
      return `${text.slice(0, -"__async(".length)}${idOf(names.length - 1)}(`;
    })
    .replace(GENERATOR_CALLS, "$$vwGenerator0000(");
  if (named === code) return code;
  const [taken] = TAKEN.exec(code) ?? [];
  if (taken !== undefined)
    throw new TakenNameError(
      `the policy, or what it imports, has the name ${taken}, which async functions get when they are bundled; choose another`,
    );
  const functions = names.map(
    (name, index) =>
      `function ${idOf(index)}(t,a,g){g=$vwStart(t,a,g,"${name}");try{g.d(g.g.next())}catch(e){g.r(e)}return g.p}`,
  );
  return named.replace(LAST_LINE, () => `\n${functions.join("")}${START}${RUN_GENERATOR}})();\n`);
}

function idOf(index: number): string {
  return `$vw${String(index).padStart(4, "0")}`;
}
