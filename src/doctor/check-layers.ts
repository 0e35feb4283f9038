import type { Places } from "./places.ts";
import { fault, ok, type Row, skipped, warning } from "./row.ts";
import { run } from "./run.ts";
import { shellWord } from "./shell-word.ts";

const CHECK = "wall";

/** A layer of `bin/wall.sh`, as a command that does nothing inside it. */
interface Layer {
  readonly layer: string;
  readonly words: readonly string[];
  /** What gets through without. */
  readonly lost: string;
  /** Without it nothing runs, and the hook refuses. */
  readonly isNeeded?: true;
}

const USER = "64999";

/** In the order of `bin/wall.sh`; a test holds the options together. */
export const LAYERS: readonly Layer[] = [
  { layer: "the timer", words: ["timeout", "-s", "KILL", "5", "true"], lost: "no deadline holds", isNeeded: true },
  {
    layer: "the memory limit",
    words: ["sh", "-c", "ulimit -c 0 && ulimit -f 0 && ulimit -d 163840 && ulimit -s 8192 && ulimit -t 42"],
    lost: "no memory limit holds",
    isNeeded: true,
  },
  {
    layer: "another user",
    words: `setpriv --pdeathsig KILL --no-new-privs --reuid ${USER} --regid ${USER} --clear-groups true`.split(" "),
    lost: "policies would be root",
    isNeeded: true,
  },
  {
    layer: "capabilities",
    words: "setpriv --bounding-set -all --inh-caps -all true".split(" "),
    lost: "what root may do could be regained by a fault of the kernel's",
  },
  {
    layer: "network namespace",
    words: "unshare --net true".split(" "),
    lost: "a policy that breaks out of V8 reaches the host's network",
  },
  {
    layer: "process namespace",
    words: "unshare --pid --mount-proc --fork --kill-child true".split(" "),
    lost: "a policy that breaks out of V8 sees other processes, and may outlive its decision",
  },
  {
    layer: "ipc namespace",
    words: "unshare --ipc true".split(" "),
    lost: "a policy that breaks out of V8 can leave shared memory behind",
  },
];

/** The wall's layers, each tried for real. */
export function checkLayers({ path }: Pick<Places, "path">, isRoot: boolean): readonly Row[] {
  if (!isRoot) return [skipped(CHECK, "only root can build the whole wall")];
  const missing = LAYERS.filter(({ words }) => run(words, path).status !== 0);
  if (missing.length === 0) return [ok(CHECK, `${LAYERS.length} layers were tried, and this host gives them all`)];
  return missing.map(({ layer, words, lost, isNeeded }) => {
    const reason = run(words, path).stderr.trim().split("\n")[0];
    const detail = `this host does not give ${layer}: ${lost}${reason ? ` (${reason})` : ""}`;
    const mend = `find out why this fails: ${words.map(shellWord).join(" ")} (a container may need more privileges)`;
    return isNeeded ? fault(CHECK, detail, mend) : warning(CHECK, detail, mend);
  });
}
