import { EVENTS } from "../../src/hook/events.ts";
import type { CommandDoc, OptionDoc, ValueKind } from "./commands.ts";
import { GENERATED } from "./generated.ts";

/**
 * `completions/_virt-warden`, for a folder of zsh's `fpath`.
 *
 * @see https://zsh.sourceforge.io/Doc/Release/Completion-System.html#Completion-Functions (`_arguments`, `_describe`)
 */
export function zshCompletion([, ...commands]: readonly [CommandDoc, ...CommandDoc[]]): string {
  return `#compdef virt-warden
# ${GENERATED}
_virt_warden() {
	local -a commands
	local context state line
	commands=(
${commands.map(({ name, description }) => `		${quoted(`${name}:${description}`)}`).join("\n")}
		'help:display help for command'
	)
	_arguments -C '(- *)'{-V,--version}'[output the version number]' '(- *)'{-h,--help}'[display help]' '1: :->command' '*:: :->rest'
	case $state in
	command) _describe command commands ;;
	rest)
		case $words[1] in
		help) _describe command commands ;;
${commands.map(commandCase).join("\n")}
		esac
		;;
	esac
}
_virt_warden "$@"
`;
}

function commandCase({ name, options, arguments: words }: CommandDoc): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...words.map(({ term, kind }) => quoted(`${/\.\.\./.test(term) ? "*" : ""}: :${action(kind, [])}`)),
  ];
  return `		${name})\n			_arguments ${specs.join(" \\\n				")}\n			;;`;
}

function optionSpecs({ words, description, value }: OptionDoc): readonly string[] {
  const text = description.replace(/[[\]]/g, "\\$&").replaceAll(":", "\\:");
  const tail = value === undefined ? "" : `${value.isOptional ? "::" : ":"}value:${action(value.kind, value.choices)}`;
  return words.map((word) => quoted(`${word}${value?.isOptional ? "=-" : ""}[${text}]${tail}`));
}

function action(kind: ValueKind, choices: readonly string[]): string {
  if (kind === "folder") return "_files -/";
  if (kind === "file") return "_files";
  const values = kind === "event" ? Object.keys(EVENTS) : choices;
  return values.length === 0 ? " " : `(${values.join(" ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
