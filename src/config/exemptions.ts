import type { Node } from "yaml";
import type { RuleExemption } from "./configuration.ts";
import type { Entry, YamlFile } from "./yaml-file.ts";

const KEYS = ["domain", "uuid", "reason", "expires"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads a rule's `exempt`. */
export function readExemptions(yaml: YamlFile, node: Node | undefined, what: string): RuleExemption[] {
  return yaml
    .sequence(node, what)
    .map((item, index) => readExemption(yaml, item, `${what}[${index}]`))
    .filter((exemption) => exemption !== undefined);
}

function readExemption(yaml: YamlFile, item: Node, what: string): RuleExemption | undefined {
  const noted = yaml.problems.length;
  const entries = yaml.mapping(item, what, KEYS);
  if (yaml.problems.length > noted) return undefined;
  if (entries.has("domain") === entries.has("uuid")) {
    yaml.problem(item, `${what} needs either domain or uuid: the guest that it is for`);
  }
  if (!entries.has("reason")) yaml.problem(item, `${what} needs a reason`);
  const read = (name: string, convert: Convert = same): string | undefined => {
    const entry = entries.get(name);
    const text = entry && yaml.text(entry, `${what}.${name}`);
    return entry && text !== undefined ? convert(yaml, text, entry, `${what}.${name}`) : undefined;
  };
  const [domain, uuid, reason, expires] = [
    read("domain"),
    read("uuid", asUuid),
    read("reason"),
    read("expires", asDay),
  ];
  if (yaml.problems.length > noted || reason === undefined) return undefined;
  const guest = domain === undefined ? (uuid === undefined ? {} : { uuid }) : { domain };
  return { ...guest, reason, ...(expires === undefined ? {} : { expires }), position: yaml.position(item) };
}

type Convert = (yaml: YamlFile, text: string, entry: Entry, what: string) => string | undefined;

const same: Convert = (_yaml, text) => text;

/** In lower case, as libvirt prints it. */
const asUuid: Convert = (yaml, text, { value }, what) => {
  if (UUID.test(text)) return text.toLowerCase();
  yaml.problem(value, `${what} must be a UUID such as 4dea22b3-1d52-d8f3-2516-782e98ab3fa0`);
  return undefined;
};

const asDay: Convert = (yaml, text, { value }, what) => {
  if (isDay(text)) return text;
  yaml.problem(value, `${what} must be a day of the calendar written YYYY-MM-DD`);
  return undefined;
};

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes 2027-02-30 for a day in March
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
