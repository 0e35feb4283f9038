import { wrap } from "../../src/wrap.ts";
import type { CommandDoc, OptionDoc } from "./commands.ts";
import { GENERATED } from "./generated.ts";

const FILES = [
  ["/etc/virt-warden/virt-warden.yaml", "the configuration, beside the policies"],
  ["/var/lib/virt-warden/bundle", "the bundle in force"],
  ["/var/log/virt-warden/decisions.log", "the decision log, a line of JSON a decision"],
  ["/run/virt-warden/admit.sock", "where the warm evaluator listens"],
  ["/etc/libvirt/hooks", "libvirt's hook scripts"],
] as const;

const ABOUT =
  "libvirt runs hook scripts when guests start, migrate or are restored. virt-warden is such a hook: policies in " +
  "TypeScript decide, in a sandbox, and a denial stops the start or the migration, with one clear line that says why.";

/**
 * `man/virt-warden.1`.
 *
 * @see man-pages(7) for its sections, man(7) for its macros
 */
export function manPage([program, ...commands]: readonly [CommandDoc, ...CommandDoc[]], version: string): string {
  return `${[
    `.\\" ${GENERATED}`,
    `.TH VIRT-WARDEN 1 "" "virt-warden ${version}" "virt-warden"`,
    ".SH NAME",
    "virt-warden \\- admission control for libvirt",
    ".SH SYNOPSIS",
    ...commands.flatMap((command, index) => [
      ...(index === 0 ? [] : [".PP"]),
      `.B virt\\-warden ${roff(command.name)}`,
      roff(command.usage.replace(/\s+/g, " ")),
    ]),
    ".SH DESCRIPTION",
    ...filled(program.description),
    ".PP",
    ...filled(ABOUT),
    ".SH COMMANDS",
    ...commands.flatMap(subsection),
    ".SH FILES",
    ...FILES.flatMap(([file, what]) => [".TP", `.I ${roff(file)}`, roff(what)]),
    ".SH SEE ALSO",
    ".BR virsh (1),",
    ".BR libvirtd (8),",
    "https://libvirt.org/hooks.html",
  ].join("\n")}\n`;
}

function subsection({ name, description, options, arguments: words, more }: CommandDoc): readonly string[] {
  return [
    `.SS ${roff(name)}`,
    ...filled(`${description.charAt(0).toUpperCase()}${description.slice(1)}.`),
    ...words.flatMap((word) => [".TP", `.I ${roff(word.term)}`, ...filled(word.description)]),
    ...options.flatMap(option),
    ...more.split("\n\n").flatMap(paragraph),
  ];
}

/** Prose is filled; an example, or anything that is set out by blanks, stays as it is. */
function paragraph(text: string): readonly string[] {
  if (text === "") return [];
  const isSetOut = /^(?: |\$ )|:$/m.test(text);
  return isSetOut
    ? [".PP", ".nf", ...text.split("\n").map(roff), ".fi"]
    : [".PP", ...filled(text.replaceAll("\n", " "))];
}

function option({ flags, description }: OptionDoc): readonly string[] {
  return [".TP", `.B ${roff(flags)}`, ...filled(description)];
}

/** Text that roff fills itself, in lines that a person can read. */
function filled(text: string): readonly string[] {
  return wrap(text, 72).map(roff);
}

/** Text that roff prints as it stands: no line of it is a request, no hyphen becomes another sign. */
function roff(text: string): string {
  const plain = text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("~", "\\(ti").replaceAll("^", "\\(ha");
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
