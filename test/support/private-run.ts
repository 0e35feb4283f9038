import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "./folder.ts";
import { type Ended, GUEST, LAUNCHER, start } from "./launcher.ts";

/** A host with a /run of its own, out of sight of this one's; needs root. */
export interface PrivateRun {
  /** Where on this machine a file of that /run lies. */
  at(path: string): string;
  /** Writes a file there. */
  write(path: string, text: string): Promise<void>;
  /** Calls the hook with libvirt's words, `HOOK OBJECT OPERATION SUBOPERATION EXTRA`. */
  call(bundle: string, words: readonly string[], document?: string, launcher?: string): Promise<Ended>;
}

/** Makes an empty /run. */
export async function makePrivateRun(): Promise<PrivateRun> {
  const folder = await makeFolder();
  const at = (path: string): string => join(folder, path);
  return {
    at,
    async write(path, text) {
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), text);
    },
    call(bundle, words, document = GUEST, launcher = LAUNCHER) {
      const script = 'mount --bind "$0" /run && exec "$@"';
      const program = ["--mount", "sh", "-c", script, folder, launcher, "hook", "--bundle", bundle, ...words];
      return start("unshare", program, document).ended;
    },
  };
}

/** A guest's state as libvirt writes it while it runs. */
export function stateFile(domain: string): string {
  const lines = domain.trimEnd().replaceAll(/^/gm, "  ");
  return `<!--\nWARNING: THIS IS AN AUTO-GENERATED FILE.\n-->\n\n<domstatus state='running' reason='booted' pid='4711'>\n${lines}\n</domstatus>\n`;
}
