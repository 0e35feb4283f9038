import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../support/folder.ts";

/** What a host lacks. */
export type Lack =
  /** A capability that root lacks, as in a container. */
  | { readonly capability: string }
  /** A program of `/usr/bin` that is not installed. */
  | { readonly missing: string }
  /** A program of `/usr/bin` that fails with one of its options. */
  | { readonly program: string; readonly refuses: string }
  /** A program of `/usr/bin` that is killed the first time that it is called with one of its options. */
  | { readonly program: string; readonly killedWith: string };

/** Words before a program, so that it runs on a host that lacks something; this host stays as it is. */
export async function onHostWithout(lack: Lack): Promise<readonly string[]> {
  if ("capability" in lack) {
    const without = `-${lack.capability}`;
    return ["setpriv", "--bounding-set", without, "--inh-caps", without];
  }
  const folder = await makeFolder();
  // the policies' user runs programs from there
  await chmod(folder, 0o755);
  const inOwnMounts = (script: string): readonly string[] => [
    "unshare",
    "--mount",
    "sh",
    "-c",
    `set -e; cd '${folder}'; ${script}; cd /; exec "$@"`,
    "sh",
  ];
  if ("missing" in lack) {
    return inOwnMounts(`mkdir -p real links; mount --bind /usr/bin real
      [ -L links/sh ] || ln -s '${folder}'/real/* links/
      rm -f 'links/${lack.missing}'; mount --bind links /usr/bin`);
  }
  const { program } = lack;
  const fake = join(folder, "fake");
  const [option, ending] =
    "refuses" in lack
      ? [lack.refuses, `echo ${program}: not permitted >&2; exit 1`]
      : [lack.killedWith, `[ -e '${folder}/killed' ] || { : >'${folder}/killed'; kill -KILL $$; }`];
  await writeFile(fake, `#!/bin/sh\ncase " $* " in *" ${option} "*) ${ending} ;; esac\nexec '${folder}/real' "$@"\n`);
  await chmod(fake, 0o755);
  return inOwnMounts(`cp '/usr/bin/${program}' real; mount --bind fake '/usr/bin/${program}'`);
}
