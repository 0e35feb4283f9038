import type { Command, Option } from "commander";
import { createProgram } from "../../src/cli/program.ts";

/** What a value on the command line is, as far as a shell can help with it. */
export type ValueKind = "file" | "folder" | "event" | "other";

/** An option, as its command declares it. */
export interface OptionDoc {
  /** `-V, --version`, `--bundle <dir>` */
  readonly flags: string;
  /** The words alone: `--bundle`. */
  readonly words: readonly string[];
  readonly description: string;
  /** Missing where it takes no value. */
  readonly value?: { readonly kind: ValueKind; readonly choices: readonly string[]; readonly isOptional: boolean };
}

/** A command, or the program itself. */
export interface CommandDoc {
  readonly name: string;
  /** What follows the program's name. */
  readonly usage: string;
  readonly description: string;
  readonly options: readonly OptionDoc[];
  readonly arguments: readonly { readonly term: string; readonly description: string; readonly kind: ValueKind }[];
  /** What its help says below the options: explanations, exit statuses, an example. */
  readonly more: string;
}

const KINDS: Readonly<Record<string, ValueKind>> = { dir: "folder", file: "file", path: "file", event: "event" };

/** The program and its commands, in the order of its help. */
export async function readCommands(): Promise<readonly [CommandDoc, ...CommandDoc[]]> {
  const program = await createProgram();
  return [describe(program, "virt-warden"), ...program.commands.map((command) => describe(command, command.name()))];
}

function describe(command: Command, name: string): CommandDoc {
  const help = command.createHelp();
  return {
    name,
    usage: command.usage(),
    description: command.description(),
    options: help.visibleOptions(command).map(describeOption),
    arguments: command.registeredArguments.map((argument) => ({
      term: help.argumentTerm(argument),
      description: argument.description,
      kind: /file|place|path/i.test(argument.name()) ? "file" : /dir/i.test(argument.name()) ? "folder" : "other",
    })),
    more: moreHelp(command),
  };
}

function describeOption({ flags, short, long, description, required, optional, ...option }: Option): OptionDoc {
  const words = [short, long].filter((word) => word !== undefined);
  const [, name = ""] = /[<[]([^>\].]+)/.exec(flags) ?? [];
  const kind = KINDS[name] ?? "other";
  const text = withDefault(description, option.defaultValue);
  if (!required && !optional) return { flags, words, description: text };
  return { flags, words, description: text, value: { kind, choices: option.argChoices ?? [], isOptional: optional } };
}

function withDefault(description: string, value: unknown): string {
  return value === undefined || typeof value === "boolean"
    ? description
    : `${description} (default: ${JSON.stringify(value)})`;
}

/** What was added to a command's help with addHelpText. */
function moreHelp(command: Command): string {
  let whole = "";
  const writeOut = (text: string): void => {
    whole += text;
  };
  command.configureOutput({ writeOut, getOutHelpWidth: () => 80 });
  command.outputHelp();
  const help = command.createHelp();
  help.prepareContext({ helpWidth: 80 });
  return whole.slice(help.formatHelp(command, help).length).trim();
}
