import { isClient, type WarmEvaluator } from "./clients.ts";
import { eventTable } from "./event-table.ts";
import { type Hook, isHook } from "./places.ts";
import { LAUNCH_ALONE, LAUNCH_COUNTED } from "./script-launch.ts";
import { ASK_NOBODY, BEGIN, DAEMON_STAMP, END, PORT_ANSWER, PORT_QUESTION, QUESTION } from "./script-parts.ts";
import { askWarm } from "./script-warm.ts";
import { shellQuote, shellUnquote } from "./shell-text.ts";

/** What a hook script is made of. */
export interface HookScript {
  readonly hook: Hook;
  /** The absolute path of the launcher. */
  readonly launcher: string;
  /** The absolute path of the bundle's folder. */
  readonly bundle: string;
  /** The absolute paths of the folders that install made for it, the outermost first. */
  readonly made: readonly string[];
  /** Where it asks first; without, it asks the launcher alone. */
  readonly warm?: WarmEvaluator;
}

/** What each script says of itself in its second line. */
const MARK = "virt-warden install wrote this; virt-warden uninstall removes it.";

const LAST_LINE = "# virt-warden: whole";

/**
 * The script that libvirt runs for a hook, in POSIX sh. It needs nothing of the product to know what it may do where that
 * is missing or breaks.
 *
 * @throws {Error} for paths that are not absolute or have line breaks.
 */
export function hookScript({ hook, launcher, bundle, made, warm }: HookScript): string {
  for (const path of [launcher, bundle, ...made, ...(warm ? [warm.socket] : [])]) {
    if (!/^\/[^\n\r\0]*$/.test(path))
      throw new Error(`Cannot write a hook script with the path ${JSON.stringify(path)}`);
  }
  const asks = warm === undefined ? [] : [`socket=${shellQuote(warm.socket)}`, `client=${shellQuote(warm.client)}`];
  const isGuests = hook !== "network" && hook !== "daemon";
  return `#!/bin/sh
# ${MARK}
# It asks virt-warden about each call of libvirt's ${hook} hook that a policy watches. Where no answer comes, it refuses
# what asks for admission, and never ends what already runs. A change made here lasts until the next install.
hook=${shellQuote(hook)}
launcher=${shellQuote(launcher)}
${[`bundle=${shellQuote(bundle)}`, ...asks, ["# made", ...made.map(shellQuote)].join(" ")].join("\n")}
${BEGIN}
# the words of the call: OBJECT OPERATION SUBOPERATION EXTRA
known='' refuses='' input=stdin problem=''
# a shell that cannot start a process any more ends itself
trap '[ -n "$refuses" ] || exit 0' EXIT
case $2 in
${eventTable(hook)}
esac
${hook === "daemon" ? DAEMON_STAMP : ""}
${isGuests ? LAUNCH_COUNTED : LAUNCH_ALONE}
${warm === undefined || hook === "daemon" ? ASK_NOBODY : askWarm(warm)}
${hook === "network" ? PORT_QUESTION : QUESTION}
case $status in 8[0-3]) trap - EXIT && exit $((status - 80)) ;; esac
[ -n "$refuses" ] || exit 0
${hook === "network" ? PORT_ANSWER : ""}${END}
${LAST_LINE}
`.replace(/\n{3,}/g, "\n\n");
}

/**
 * Reads a script that {@link hookScript} wrote, by this version or another.
 *
 * @returns `undefined` for what install did not write, and for what is not whole any more.
 */
export function readHookScript(text: string): HookScript | undefined {
  if (!hasMark(text) || !text.endsWith(`\n${LAST_LINE}\n`)) return undefined;
  const [hook] = wordsAfter(text, "hook=");
  const [launcher] = wordsAfter(text, "launcher=");
  const [bundle] = wordsAfter(text, "bundle=");
  if (hook === undefined || !isHook(hook) || launcher === undefined || bundle === undefined) return undefined;
  const [socket] = wordsAfter(text, "socket=");
  const [client = ""] = wordsAfter(text, "client=");
  const made = wordsAfter(text, "# made");
  if (socket === undefined) return { hook, launcher, bundle, made };
  return isClient(client) ? { hook, launcher, bundle, made, warm: { socket, client } } : undefined;
}

/** Whether a text begins as our scripts do: one that is ours, whole or damaged. */
export function hasMark(text: string): boolean {
  return text.startsWith(`#!/bin/sh\n# ${MARK}\n`);
}

/** The quoted words of the first line that begins so. */
function wordsAfter(text: string, start: string): readonly string[] {
  const line = text.split("\n").find((each) => each.startsWith(start)) ?? "";
  return shellUnquote(line.slice(start.length).trim()) ?? [];
}
