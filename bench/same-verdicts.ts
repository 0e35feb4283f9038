import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { shellQuote } from "../src/install/shell-text.ts";
import { BenchError } from "./bench-error.ts";
import { guest, USUAL_BYTES } from "./documents.ts";
import { LAUNCHER, type Lab, type Site } from "./lab.ts";
import { LXML, XMLLINT } from "./peers.ts";
import { type Ended, run } from "./run.ts";
import { withService } from "./service.ts";

/** A call that every hook must answer alike. */
interface Trial {
  readonly what: string;
  readonly operation: string;
  readonly document: string;
  readonly status: number;
  /** What stderr must say; nothing at all where it is missing. */
  readonly reason?: string;
}

/** A way to ask a hook. */
interface Way {
  readonly name: string;
  /** The words before libvirt's. */
  readonly words: readonly string[];
}

const denial = (mode: string): string =>
  `CPU mode ${mode} ties the guest to this host; use host-model or a named model`;
const usual = guest(USUAL_BYTES);

const TRIALS: readonly Trial[] = [
  { what: "a usual guest", operation: "prepare", document: usual, status: 0 },
  { what: "a small guest", operation: "prepare", document: guest(1024, { cpu: "custom" }), status: 0 },
  ...["host-passthrough", "maximum"].flatMap((mode) =>
    ["prepare", "migrate"].map((operation) => ({
      what: `a guest with ${mode}`,
      operation,
      document: guest(USUAL_BYTES, { cpu: mode }),
      status: 1,
      reason: denial(mode),
    })),
  ),
  {
    what: "a mode with a character reference",
    operation: "prepare",
    document: guest(USUAL_BYTES, { cpu: "host-&#112;assthrough" }),
    status: 1,
    reason: denial("host-passthrough"),
  },
  {
    what: "an event that nobody watches",
    operation: "started",
    document: guest(USUAL_BYTES, { cpu: "maximum" }),
    status: 0,
  },
  {
    what: "a document that is cut off",
    operation: "prepare",
    document: usual.slice(0, USUAL_BYTES / 2),
    status: 3,
    reason: "",
  },
];

/**
 * Makes sure that the peers' hooks, ours and ours with the warm evaluator give the same answers: what answers otherwise
 * does other work.
 *
 * @throws {BenchError} that names the first difference.
 */
export async function checkVerdicts(lab: Lab): Promise<void> {
  lab.progress("checking that all hooks give the same answers");
  const site = await lab.site(1);
  const ours: Way = { name: "the installed script", words: [site.script] };
  const launcher = { name: "virt-warden hook", words: [LAUNCHER, "hook", "--bundle", site.bundle, "qemu"] };
  await checkAll([{ name: "xmllint", words: [XMLLINT] }, { name: "lxml", words: [LXML] }, ours, launcher], lab);
  // for others than root, the script leaves it to the launcher to ask
  const script = process.getuid?.() === 0 ? await withoutLauncher(site) : site.script;
  const warm = { name: "the installed script, warm", words: [script] };
  await withService(site, lab, () => checkAll([warm], lab));
}

/** The installed script with no launcher to turn to: whatever answer comes is the warm evaluator's. */
async function withoutLauncher({ script, folder }: Site): Promise<string> {
  const text = await readFile(script, "utf8");
  const launcher = `launcher=${shellQuote(LAUNCHER)}`;
  if (!text.includes(launcher)) throw new BenchError(`cannot find the launcher's path in ${script}`);
  const path = join(folder, "warm-alone");
  await writeFile(path, text.replace(launcher, `launcher=${shellQuote(join(folder, "no-launcher"))}`), { mode: 0o755 });
  return path;
}

async function checkAll(ways: readonly Way[], { signal }: Lab): Promise<void> {
  for (const way of ways) {
    for (const trial of TRIALS) {
      const words = [...way.words, "web1", trial.operation, "begin", "-"];
      const problem = problemOf(await run({ words, stdin: trial.document }, signal), trial);
      if (problem === undefined) continue;
      throw new BenchError(`${way.name} answers ${trial.what} at qemu/${trial.operation} otherwise: ${problem}`);
    }
  }
}

function problemOf({ status, stderr }: Ended, trial: Trial): string | undefined {
  if (status !== trial.status) return `status ${status} instead of ${trial.status}: ${stderr.trim()}`;
  const isRight = trial.reason === undefined ? stderr === "" : stderr !== "" && stderr.includes(trial.reason);
  return isRight ? undefined : `stderr is ${JSON.stringify(stderr)}`;
}
