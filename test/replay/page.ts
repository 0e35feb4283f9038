import { EVENT_CALLS, type HookCall } from "./calls.ts";

const DENIALS = { refuses: "refuses", kills: "ends what runs, where it is meant", ignored: "is ignored" } as const;

/** The table of `docs/libvirt.md`: each hook and operation, how libvirt calls it, and the test that exercises it live. */
export function eventPage(): string {
  const rows = EVENT_CALLS.map(({ event, hook, operation, calls, denial, readsStdout, neverCalled, live }) => {
    const words = `\`${hook} ${callWords(operation, calls)}\``;
    const stdin = calls.at(-1)?.document === undefined ? "nothing" : hook === "network" ? "hookData" : "domain";
    const effect = `${DENIALS[denial]}${readsStdout === true ? "; may rewrite" : ""}`;
    const test =
      live === undefined
        ? neverCalled === true
          ? "libvirt never calls it"
          : "replayed"
        : `${live.file}: ${live.title}`;
    return `| \`${event}\` | ${words} | ${stdin} | ${effect} | ${test} |`;
  });
  return [
    "| event | libvirt's call | stdin | a denial | live test (`test/libvirt`) |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function callWords(operation: string, calls: readonly HookCall[]): string {
  const [{ object = "", suboperation = "", extra = "" } = {}] = calls;
  const hasReasons = calls.some((call) => call.extra !== extra);
  return `${object} ${operation} ${suboperation} ${hasReasons ? "REASON" : extra}`;
}
