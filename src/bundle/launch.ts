import { EVENTS } from "../hook/events.ts";
import { REWRITE_EVENTS } from "../hook/rewrite-events.ts";
import type { Manifest, ManifestPolicy } from "./manifest.ts";

/** What a new Node needs beside the policies' heap, in bytes. */
const NODE_DATA = 134_217_728;

/** What the launcher needs to know of a bundle; it reads no JSON. Each list of events is sorted. */
interface Launch {
  /** SHA-256 of `manifest.json`, in hex. */
  readonly digest: string;
  /** Wall time of a decision, in hundredths of a second. */
  readonly deadline: number;
  /** The data limit of the process that runs policies, in bytes. */
  readonly data: number;
  /** The decision log's absolute path. */
  readonly log: string;
  /** The events that policies watch. */
  readonly watch: readonly string[];
  /** Those of them at which a policy needs to know the running guests. */
  readonly guests: readonly string[];
  /** Those at which a denial ends what runs, and means it. */
  readonly kill: readonly string[];
  /** Those at which a policy may change the document. */
  readonly rewrite: readonly string[];
}

/** The lists of events, in the order of their lines. */
const LISTS = ["watch", "guests", "kill", "rewrite"] as const;

/** The data limit, in bytes, of a process that gives each policy this much heap. */
export function dataLimit(memory: number): number {
  return NODE_DATA + memory;
}

/** What follows from a manifest. */
export function launchOf({ policies, limits, log }: Manifest, digest: string): Launch {
  const watching = policies.filter(({ mode }) => mode !== "off");
  const enforced = policies.filter(({ mode }) => mode === "enforce");
  const meant = eventsOf(enforced.filter(({ whenRunning }) => whenRunning === "kill"));
  const rewritten = eventsOf(enforced.filter(({ rewrites }) => rewrites));
  return {
    digest,
    deadline: Math.ceil(limits.deadline / 10),
    data: dataLimit(limits.memory),
    log,
    watch: eventsOf(watching),
    guests: eventsOf(watching.filter(({ needs }) => needs.includes("guests"))),
    kill: meant.filter((event) => EVENTS[event].nonZeroExit === "kills"),
    rewrite: rewritten.filter((event) => REWRITE_EVENTS.some((each) => each === event)),
  };
}

function eventsOf(policies: readonly ManifestPolicy[]): ManifestPolicy["on"] {
  return [...new Set(policies.flatMap(({ on }) => on))].sort();
}

/**
 * The text of a file `launch`, format 2: lines `key value` in a fixed order. A list without an event is the key alone.
 */
export function formatLaunch(launch: Launch): string {
  const { digest, deadline, data, log } = launch;
  const lines = [
    "virt-warden-bundle 2",
    `digest ${digest}`,
    `deadline ${deadline}`,
    `data ${data}`,
    `log ${log}`,
    ...LISTS.map((key) => [key, ...launch[key]].join(" ")),
    "end",
  ];
  return `${lines.join("\n")}\n`;
}

/** The lists that format 1 does not have are a group of their own. */
const LAUNCH =
  /^virt-warden-bundle ([12])\ndigest ([0-9a-f]{64})\ndeadline (\d+)\ndata (\d+)\nlog (\/.*)\nwatch((?: \S+)*)\n(guests((?: \S+)*)\nkill((?: \S+)*)\nrewrite((?: \S+)*)\n)?end\n$/;

/**
 * Reads a file `launch`.
 *
 * @returns what it says, the lists that format 1 does not have empty; undefined where it is not whole, or of another
 * format.
 */
export function parseLaunch(text: string): Launch | undefined {
  const [, format, digest, deadline, data, log, watch, lists, guests, kill, rewrite] = LAUNCH.exec(text) ?? [];
  if (digest === undefined || log === undefined || (format === "2") !== (lists !== undefined)) return undefined;
  return {
    digest,
    deadline: Number(deadline),
    data: Number(data),
    log,
    watch: words(watch),
    guests: words(guests),
    kill: words(kill),
    rewrite: words(rewrite),
  };
}

function words(list = ""): string[] {
  return list.split(" ").filter((word) => word !== "");
}
