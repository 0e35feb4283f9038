import type { CommandDoc } from "./commands.ts";
import { GENERATED } from "./generated.ts";

/** `docs/commands.md`: every command as its help has it. */
export function commandsPage([program, ...commands]: readonly [CommandDoc, ...CommandDoc[]]): string {
  return [
    `<!-- ${GENERATED} -->`,
    "# Commands",
    `${program.description} Each command has \`--help\`; this page says the same. See also [configuration.md](configuration.md).`,
    "| command | does |\n|---|---|\n" +
      commands.map(({ name, description }) => `| [\`${name}\`](#${name}) | ${cell(description)} |`).join("\n"),
    ...commands.map(section),
    "",
  ].join("\n\n");
}

function section(command: CommandDoc): string {
  const { name, usage, description, options, arguments: words, more } = command;
  const rows = [
    ...words.map((word) => `| \`${word.term}\` | ${cell(word.description)} |`),
    ...options.map((option) => `| \`${option.flags}\` | ${cell(option.description)} |`),
  ];
  return [
    `## ${name}`,
    `${description.charAt(0).toUpperCase()}${description.slice(1)}.`,
    `\`\`\`text\nvirt-warden ${name} ${usage.replace(/\s+/g, " ")}\n\`\`\``,
    `| option | means |\n|---|---|\n${rows.join("\n")}`,
    ...(more === "" ? [] : [`\`\`\`text\n${more}\n\`\`\``]),
  ].join("\n\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
