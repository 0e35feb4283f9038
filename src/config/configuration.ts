import type { Exemption, Limits, Mode } from "../bundle/manifest.ts";

/** A place in a file; both 1-based, the column in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What `virt-warden.yaml` says of one policy. */
export interface Rule {
  readonly policy: string;
  /** Where the policy's name stands. */
  readonly position: Position;
  readonly mode: Mode;
  readonly onError: "deny" | "allow";
  /** As written, before the policy's schema sees it; undefined when not given. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** Where the value at a path inside the settings stands, or else the nearest part around it that was written. */
  locateSetting(path: readonly (string | number)[]): Position;
  readonly exempt: readonly RuleExemption[];
}

/** An exemption, with its place. */
export interface RuleExemption extends Exemption {
  readonly position: Position;
}

/** What `virt-warden.yaml` says, checked, with defaults filled in. */
export interface Configuration {
  /** The YAML file's absolute path. */
  readonly file: string;
  /** The folder that relative paths in it start from. */
  readonly folder: string;
  /** The policies' source files, absolute, sorted, at least one. */
  readonly policies: readonly string[];
  readonly limits: Limits;
  /** The decision log's absolute path. */
  readonly log: string;
  /** In the file's order. */
  readonly rules: readonly Rule[];
  /** Where `rules` stands, or the file's start. */
  readonly rulesPosition: Position;
}

/** Where the configuration lies unless another is named. */
export const DEFAULT_CONFIGURATION = "/etc/virt-warden/virt-warden.yaml";

/** Where decisions are logged unless the configuration names another file. */
export const DEFAULT_LOG = "/var/log/virt-warden/decisions.log";
