import type { Command, Step } from "./steps.ts";

/** Stands around what a command shows; no program prints it. */
const MARK = "\u001e";

/** A bash script that does what the steps say, one after the other, in one shell. */
export function scriptOf(steps: readonly Step[]): string {
  const lines = steps.flatMap((step) =>
    step.kind === "file" ? [fileText(step)] : step.commands.map(({ text }) => `${text}\nprintf '${MARK}'`),
  );
  return ["exec 2>&1 </dev/null", `printf '${MARK}'`, ...lines].join("\n");
}

/** What each command showed, from the script's output. */
export function shownBy(output: string): readonly string[] {
  return output.split(MARK).slice(1, -1);
}

/** All commands of the steps. */
export function commandsOf(steps: readonly Step[]): readonly Command[] {
  return steps.flatMap((step) => (step.kind === "commands" ? step.commands : []));
}

/** Output without what differs from run to run: times, days, digests, sizes, and blanks that line them up. */
export function comparable(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z| UTC)?)?/g, "DAY")
    .replaceAll(/\b\d\d:\d\d(?::\d\d)?\b/g, "TIME")
    .replaceAll(/\b\d+(?:\.\d+)? ?(?:ms|s|KiB|MiB|KB|MB|B)\b/g, "N")
    .replaceAll(/\b[0-9a-f]{12,64}\b/g, "DIGEST")
    .replaceAll(/ \(\d+ warnings?\)/g, "")
    .replaceAll(/duration_ms: [\d.]+/g, "duration_ms: N")
    .replaceAll(/kill -HUP \d+/g, "kill -HUP PID")
    .replaceAll(/[ \t]+/g, " ")
    .replaceAll(/ $/gm, "")
    .trim();
}

function fileText({ path, text }: Extract<Step, { kind: "file" }>): string {
  return `mkdir -p "$(dirname '${path}')"\ncat >'${path}' <<'END OF FILE'\n${text}END OF FILE`;
}
