import type { Node } from "yaml";
import type { Mode } from "../bundle/manifest.ts";
import type { Rule } from "./configuration.ts";
import { readExemptions } from "./exemptions.ts";
import { locateSetting, readSettings } from "./settings.ts";
import type { Entry, YamlFile } from "./yaml-file.ts";

const KEYS = ["mode", "onError", "settings", "exempt"];
const MODES: readonly Mode[] = ["enforce", "warn", "audit", "off"];
const ON_ERROR = ["deny", "allow"] as const;

/** Reads `rules`: what is said of each policy, by its name. Whether there is such a policy is known only when policies are built. */
export function readRules(yaml: YamlFile, node: Node | undefined): Rule[] {
  return [...yaml.mapping(node, "rules").values()].map((entry) => readRule(yaml, entry));
}

function readRule(yaml: YamlFile, { name, key, value }: Entry): Rule {
  const what = `rules.${name}`;
  const entries = yaml.mapping(value, what, KEYS);
  const mode = entries.get("mode");
  const onError = entries.get("onError");
  const settings = entries.get("settings");
  return {
    policy: name,
    position: yaml.position(key),
    mode: (mode && yaml.choice(mode, `${what}.mode`, MODES)) ?? "enforce",
    onError: (onError && yaml.choice(onError, `${what}.onError`, ON_ERROR)) ?? "deny",
    settings: readSettings(yaml, settings?.value, `${what}.settings`),
    locateSetting: (path) => locateSetting(yaml, key, settings, path),
    exempt: readExemptions(yaml, entries.get("exempt")?.value, `${what}.exempt`),
  };
}
