import { EngineFailure } from "./engine-failure.ts";
import { withoutLongTexts } from "./without-long-texts.ts";

/** A file of a guest that runs or is being started. */
export interface GuestFile {
  readonly path: string;
  /** The hook that the guest's events have. */
  readonly hook: string;
  readonly isStarting: boolean;
  /** The guest's `<domain>`; `undefined` where the file holds none. */
  readonly domain: string | undefined;
}

/** Where libvirt keeps the state of a guest that runs, and the root side the document of one that is being started. */
const FILE = /^\/run\/(?:libvirt\/([^/]+)\/[^/]+\.xml|virt-warden\/starts\/([^/.]+)\.[^/]+)$/;

/** What a state file's `<domain>` begins and ends with, each line with its mark. */
const STATE_START = "\n|  <domain ";
const STATE_END = "\n|  </domain>";

/** How much of a guest is read, in UTF-16 units: without what anybody may add while it runs. */
const MAX_DOMAIN = 1_048_576;

/**
 * Takes the text of descriptor 9 apart: a line that begins with `/` is a file's path, the lines after it that begin with
 * `|` are the file's. All that a user wrote has that mark before it.
 *
 * Nothing here looks at each line: whoever may write a guest's metadata chooses how many there are.
 *
 * @throws EngineFailure `state`, with the file's path, where its text is missing, or where it is too long.
 */
export function guestFiles(text: string): readonly GuestFile[] {
  const [before = "", ...parts] = `\n${text}`.split("\n/");
  if (before.trim() !== "") throw unreadable(before, "it is no path of a file");
  return parts.map((part) => guestFile(`/${part}`));
}

/** The failure of the engine's where a file cannot be read. */
export function unreadable(path: string, why: string): EngineFailure {
  return new EngineFailure("state", `Cannot read the running guest of ${path}: ${why}`);
}

function guestFile(part: string): GuestFile {
  const [path = ""] = part.split("\n", 1);
  const lines = part.slice(path.length);
  const [, running, starting] = FILE.exec(path) ?? [];
  const hook = running ?? starting;
  if (hook === undefined || !lines.startsWith("\n|")) throw unreadable(path, "its text is missing");
  const isStarting = running === undefined;
  const written = isStarting ? lines : stateDomain(lines);
  if (written === undefined) return { path, hook, isStarting, domain: undefined };
  const domain = withoutLongTexts(written, hook);
  if (domain.length > MAX_DOMAIN) throw unreadable(path, "beside its metadata it is longer than 1 MiB");
  return { path, hook, isStarting, domain: domain.slice(2).replaceAll("\n|", "\n") };
}

/**
 * The `<domain>` within a state file.
 *
 * @see virDomainObjFormat in libvirt's src/conf/domain_conf.c: what comes before is private to a driver, and has no `<`
 *   of a user's; `</domain>` is the last but `</domstatus>`. Metadata, whose lines are a user's, lie between.
 */
function stateDomain(lines: string): string | undefined {
  const start = lines.indexOf(STATE_START);
  const end = lines.lastIndexOf(STATE_END);
  return start < 0 || end < start ? undefined : lines.slice(start, end + STATE_END.length);
}
