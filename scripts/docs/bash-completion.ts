import { EVENTS } from "../../src/hook/events.ts";
import type { CommandDoc, OptionDoc, ValueKind } from "./commands.ts";
import { GENERATED } from "./generated.ts";

/** `completions/virt-warden.bash`, for bash-completion's folder or `source`. */
export function bashCompletion([, ...commands]: readonly [CommandDoc, ...CommandDoc[]]): string {
  const names = commands.map(({ name }) => name).join(" ");
  return `# ${GENERATED}
_virt_warden() {
	local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
	COMPREPLY=()
	local events='${Object.keys(EVENTS).join(" ")}'
	if [ "$COMP_CWORD" -eq 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W "${names} help --help --version" -- "$word")
		return
	fi
	case $command$before in
${commands.flatMap(valueCases).join("\n")}
	esac
	case $word in
	-*)
		case $command in
${commands.map(({ name, options }) => `		${name}) mapfile -t COMPREPLY < <(compgen -W "${wordsOf(options)}" -- "$word") ;;`).join("\n")}
		esac
		return
		;;
	esac
	case $command in
	help) mapfile -t COMPREPLY < <(compgen -W "${names}" -- "$word") ;;
${commands.flatMap(argumentCase).join("\n")}
	esac
}
complete -F _virt_warden virt-warden
`;
}

function wordsOf(options: readonly OptionDoc[]): string {
  return options.flatMap(({ words }) => words.filter((word) => word.startsWith("--"))).join(" ");
}

function valueCases({ name, options }: CommandDoc): readonly string[] {
  return options.flatMap(({ words, value }) => {
    if (value === undefined || value.isOptional) return [];
    const patterns = words.map((word) => `${name}${word}`).join(" | ");
    return [`	${patterns}) ${complete(value.kind, value.choices)} ; return ;;`.replace(" ; return", "; return")];
  });
}

function argumentCase({ name, arguments: words }: CommandDoc): readonly string[] {
  const [first] = words;
  return first === undefined || first.kind === "other" ? [] : [`	${name}) ${complete(first.kind, [])} ;;`];
}

function complete(kind: ValueKind, choices: readonly string[]): string {
  if (kind === "folder") return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word")';
  if (kind === "file") return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")';
  const values = kind === "event" ? "$events" : choices.join(" ");
  return values === "" ? ":" : `mapfile -t COMPREPLY < <(compgen -W "${values}" -- "$word")`;
}
