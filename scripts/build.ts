/** Makes the published files in `dist/`: what policies import, the commands, and the evaluator as one file. */
import { existsSync, globSync, rmSync } from "node:fs";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { PACK, packEvaluator } from "./pack-evaluator.ts";

const target = "node26";
const shared = { bundle: true, logLevel: "warning", legalComments: "none" } satisfies BuildOptions;

/** What Node runs as one file. */
const PROGRAM = {
  format: "cjs",
  platform: "node",
  // names stay: they are in stacks
  minifyWhitespace: true,
  minifySyntax: true,
  target,
} satisfies BuildOptions;

/** What runs inside a policy's context, as texts: expressions whose value is the export of a file in `guest/`. */
const GUEST_EXPORTS = new Map([
  ["virt-warden:guest-runtime", { file: "src/sandbox/guest/runtime.ts", name: "enter" }],
  ["virt-warden:guest-harden", { file: "src/sandbox/guest/harden.ts", name: "harden" }],
]);

/** The same for tests, where policies have a runtime that knows more of what they do. */
const TESTED_EXPORTS = new Map([
  ...GUEST_EXPORTS,
  ["virt-warden:guest-runtime", { file: "src/sandbox/guest/runtime-in-tests.ts", name: "enter" }],
  ["virt-warden:guest-tests", { file: "src/testing/guest/enter.ts", name: "enter" }],
]);

const guestCode = (exports: typeof GUEST_EXPORTS): Plugin => ({
  name: "guest-code",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^virt-warden:guest-/ }, ({ path }) => ({ path, namespace: "guest" }));
    onLoad({ filter: /.*/, namespace: "guest" }, async ({ path }) => {
      const guest = exports.get(path);
      if (guest === undefined) throw new Error(`Cannot bundle ${path}: it is none of the sandbox's`);
      const result = await build({
        ...shared,
        entryPoints: [guest.file],
        format: "iife",
        globalName: "guest",
        target: "es2024",
        platform: "neutral",
        // a policy's stack traces name the functions that called it: they say nothing of ours
        minify: true,
        write: false,
      });
      const code = result.outputFiles[0]?.text ?? "";
      return { contents: `(() => { ${code}\nreturn guest.${guest.name}; })()`, loader: "text" };
    });
  },
});

/** A thread of a program, as text: whoever runs it may not be able to open a file. */
const threadCode: Plugin = {
  name: "thread-code",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^virt-warden:reader-thread$/ }, ({ path }) => ({ path, namespace: "thread" }));
    onLoad({ filter: /.*/, namespace: "thread" }, async () => {
      const entryPoints = ["src/service/reader-thread.ts"];
      const result = await build({ ...shared, ...PROGRAM, entryPoints, write: false });
      return { contents: result.outputFiles[0]?.text ?? "", loader: "text" };
    });
  },
};

/** The style and the script of the page that `audit --html` writes, as texts. */
const REPORT_PARTS = new Map([
  ["virt-warden:report-style", "src/audit/html/page.css"],
  ["virt-warden:report-script", "src/audit/html/browser/main.ts"],
]);

const reportParts: Plugin = {
  name: "report-parts",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^virt-warden:report-/ }, ({ path }) => ({ path, namespace: "report" }));
    onLoad({ filter: /.*/, namespace: "report" }, async ({ path }) => {
      const file = REPORT_PARTS.get(path);
      if (file === undefined) throw new Error(`Cannot bundle ${path}: it is no part of the report's page`);
      // no target for the style: browsers that do not know light-dark() would get twice the page
      const options: BuildOptions = path.endsWith("script") ? { format: "iife", target: "es2022" } : {};
      const result = await build({ ...shared, ...options, entryPoints: [file], minify: true, write: false });
      return { contents: (result.outputFiles[0]?.text ?? "").trim(), loader: "text" };
    });
  },
};

/** Our own modules stay files of their own, so that a policy's bundle takes only the helpers that the policy imports. */
const fileByFile: Plugin = {
  name: "file-by-file",
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : { path: path.replace(/\.ts$/, ".js"), external: true },
    );
  },
};

/** Programs that are one file each. */
const PROGRAMS = {
  evaluator: "src/sandbox/evaluator.ts",
  "evaluator-loader": "src/sandbox/evaluator-loader.ts",
  "test-evaluator": "src/testing/evaluator.ts",
  warm: "src/sandbox/warm-evaluator.ts",
  listener: "src/service/listener.ts",
} as const;

// one that a build which failed leaves behind would be of another evaluator
for (const old of ["dist/cli", "dist/helpers", PACK]) rmSync(old, { recursive: true, force: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: ["src/index.ts", ...globSync("src/helpers/*.ts")],
    outdir: "dist",
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2024",
    plugins: [fileByFile],
  }),
  // one file: all that a test imports runs in the sandbox together
  build({
    ...shared,
    entryPoints: { test: "src/testing/guest/index.ts" },
    outdir: "dist",
    format: "esm",
    platform: "neutral",
    minifyWhitespace: true,
    target: "es2024",
  }),
  build({
    ...shared,
    entryPoints: { cli: "src/cli/main.ts" },
    outdir: "dist",
    format: "esm",
    splitting: true,
    chunkNames: "cli/[name]-[hash]",
    platform: "node",
    packages: "external",
    target,
    plugins: [reportParts],
  }),
  ...Object.entries(PROGRAMS)
    .filter(([, entry]) => existsSync(entry))
    .map(([name, entry]) =>
      build({
        ...shared,
        ...PROGRAM,
        entryPoints: [entry],
        outfile: `dist/${name}.cjs`,
        plugins: [guestCode(name === "test-evaluator" ? TESTED_EXPORTS : GUEST_EXPORTS), threadCode],
      }),
    ),
]);
packEvaluator();
