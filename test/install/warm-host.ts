import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLIENTS, type Client } from "../../src/install/clients.ts";
import { hookScript } from "../../src/install/hook-script.ts";
import type { Hook } from "../../src/install/places.ts";
import { makeFolder } from "../support/folder.ts";
import { type Ended, start } from "../support/launcher.ts";
import { type FakeEvaluator, listen } from "./fake-evaluator.ts";

/** Where the script looks for it. */
export const SOCKET = "/run/virt-warden/admit.sock";

/** What stdin is: libvirt's is a pipe. */
export type Stdin = "pipe" | "file" | "socket";

/** How a script is called. */
export interface Calling {
  readonly client?: Client;
  readonly shell?: readonly string[];
  readonly hook?: Hook;
  readonly words?: readonly string[];
  readonly document?: string | Uint8Array;
  readonly stdin?: Stdin;
  /** A shell's command that is run first, among mounts of its own. */
  readonly before?: string;
  /** What the shell is run by, such as `setpriv`. */
  readonly by?: readonly string[];
}

/** Hook scripts with a /run of their own, a fake evaluator, and a launcher that notes what it gets and exits 82. */
export interface WarmHost {
  readonly evaluator: FakeEvaluator;
  readonly run: string;
  readonly log: string;
  readonly launch: string;
  call(calling?: Calling): Promise<Ended>;
  /** What the launcher got since this was asked last; undefined where it was not called. */
  launched(): { readonly words: readonly string[]; readonly document: Buffer } | undefined;
  /** Files of documents that stayed behind. */
  leftovers(): readonly string[];
}

/** Makes such a host, whose bundle watches a few events of each kind. */
export async function makeWarmHost(): Promise<WarmHost> {
  const folder = await makeFolder();
  const at = (name: string): string => join(folder, name);
  for (const name of ["run", "bundle/versions/1"]) mkdirSync(at(name), { recursive: true });
  const log = at("decisions.log");
  const launch = at("bundle/current/launch");
  mkdirSync(at("bundle/current"));
  writeFileSync(launch, launchOf(log));
  const got = at("got");
  writeFileSync(at("launcher"), `#!/bin/sh\nprintf '%s\\0' "$@" >${got}.words\ncat >${got}.document\nexit 82\n`, {
    mode: 0o755,
  });
  for (const client of CLIENTS) {
    for (const hook of ["qemu", "network"] as const) {
      const script = {
        hook,
        launcher: at("launcher"),
        bundle: at("bundle"),
        made: [],
        warm: { socket: SOCKET, client },
      };
      writeFileSync(at(`${hook}-${client}`), hookScript(script));
    }
  }
  const evaluator = await listen(join(folder, SOCKET));
  return {
    evaluator,
    run: at("run"),
    log,
    launch,
    call({
      client = "perl",
      shell = ["dash"],
      hook = "qemu",
      words = ["web1", "prepare", "begin", "-"],
      document = "<domain/>",
      stdin = "pipe",
      before = ":",
      by = [],
    } = {}) {
      const file = at("document");
      writeFileSync(file, document);
      const feed = { pipe: 'cat "$doc" | "$@"', file: '"$@" <"$doc"', socket: '"$@"' }[stdin];
      const text = `doc=$1; shift; mount --bind "$0" /run && ${before} && ${feed}`;
      const command = [...by, ...shell, at(`${hook}-${client}`), ...words];
      return start("unshare", ["--mount", "sh", "-c", text, at("run"), file, ...command], document).ended;
    },
    launched() {
      if (!existsSync(`${got}.words`)) return undefined;
      const words = readFileSync(`${got}.words`, "utf8").split("\0").slice(0, -1);
      const document = readFileSync(`${got}.document`);
      for (const kind of ["words", "document"]) rmSync(`${got}.${kind}`);
      return { words, document };
    },
    leftovers: () => readdirSync(at("run/virt-warden")).filter((name) => name.startsWith("ask")),
  };
}

/** The digest of the host's bundle. */
export const DIGEST: string = "ab".repeat(32);

/** What the bundle says; where policies count guests, `guests` is an event. */
export function launchOf(log: string, guests = ""): string {
  return `virt-warden-bundle 2
digest ${DIGEST}
deadline 1000
data 1
log ${log}
watch network/port-created network/start qemu/migrate qemu/prepare qemu/reconnect qemu/restore qemu/started
${`guests ${guests}`.trimEnd()}
kill qemu/started
rewrite qemu/restore
end
`;
}
