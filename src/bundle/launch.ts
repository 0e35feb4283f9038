import type { Manifest } from "./manifest.ts";

/** What a new Node needs beside the policies' heap, in bytes. */
const NODE_DATA = 134_217_728;

/** What the launcher needs to know of a bundle; it reads no JSON. */
interface Launch {
  /** SHA-256 of `manifest.json`, in hex. */
  readonly digest: string;
  /** Wall time of a decision, in hundredths of a second. */
  readonly deadline: number;
  /** The data limit of the process that runs policies, in bytes. */
  readonly data: number;
  /** The decision log's absolute path. */
  readonly log: string;
  /** The events that policies watch, sorted. */
  readonly watch: readonly string[];
}

/** The first line of a file `launch` of the format that this version writes. */
export const LAUNCH_HEADER = "virt-warden-bundle 1";

/** The data limit, in bytes, of a process that gives each policy this much heap. */
export function dataLimit(memory: number): number {
  return NODE_DATA + memory;
}

/** What follows from a manifest. */
export function launchOf(manifest: Manifest, digest: string): Launch {
  const watched = manifest.policies.filter(({ mode }) => mode !== "off").flatMap(({ on }) => on);
  return {
    digest,
    deadline: Math.ceil(manifest.limits.deadline / 10),
    data: dataLimit(manifest.limits.memory),
    log: manifest.log,
    watch: [...new Set<string>(watched)].sort(),
  };
}

/** The text of a file `launch`: lines `key value` in a fixed order. Without a watched event the line `watch` is the key alone. */
export function formatLaunch({ digest, deadline, data, log, watch }: Launch): string {
  const lines = [
    LAUNCH_HEADER,
    `digest ${digest}`,
    `deadline ${deadline}`,
    `data ${data}`,
    `log ${log}`,
    ["watch", ...watch].join(" "),
    "end",
  ];
  return `${lines.join("\n")}\n`;
}

/** Reads a file `launch`; undefined when it is not whole, or not of this format. */
export function parseLaunch(text: string): Launch | undefined {
  const pattern =
    /^virt-warden-bundle 1\ndigest ([0-9a-f]{64})\ndeadline (\d+)\ndata (\d+)\nlog (\/.*)\nwatch(.*)\nend\n$/;
  const [, digest, deadline, data, log, watch] = pattern.exec(text) ?? [];
  if (digest === undefined || log === undefined) return undefined;
  const events = watch?.split(" ").filter((event) => event !== "") ?? [];
  return { digest, deadline: Number(deadline), data: Number(data), log, watch: events };
}
