import { EVENTS } from "../../src/hook/events.ts";
import type { CommandDoc, OptionDoc } from "./commands.ts";
import { GENERATED } from "./generated.ts";

/**
 * `completions/virt-warden.fish`, for fish's folder of completions.
 *
 * @see https://fishshell.com/docs/current/cmds/complete.html
 */
export function fishCompletion([, ...commands]: readonly [CommandDoc, ...CommandDoc[]]): string {
  const lines = commands.flatMap((command) => [
    `complete -c virt-warden -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.description)}`,
    ...command.options.map((option) => optionLine(command, option)),
  ]);
  return `# ${GENERATED}\n${lines.join("\n")}\n`;
}

function optionLine({ name }: CommandDoc, { words, description, value }: OptionDoc): string {
  const short = words.filter((word) => !word.startsWith("--")).map((word) => ` -s ${word.slice(1)}`);
  const long = words.filter((word) => word.startsWith("--")).map((word) => ` -l ${word.slice(2)}`);
  const where = `-n '__fish_seen_subcommand_from ${name}'`;
  return `complete -c virt-warden ${where}${[...short, ...long].join("")}${takes(value)} -d ${quoted(description)}`;
}

function takes(value: OptionDoc["value"]): string {
  if (value === undefined) return "";
  if (value.kind === "folder") return " -x -a '(__fish_complete_directories)'";
  if (value.kind === "file") return " -r -F";
  const values = value.kind === "event" ? Object.keys(EVENTS) : value.choices;
  return values.length === 0 ? " -x" : ` -x -a ${quoted(values.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
