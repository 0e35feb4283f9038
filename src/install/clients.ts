import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** The programs that a script can ask a warm evaluator with, the fastest first. */
export const CLIENTS = ["perl", "nc", "socat", "ncat"] as const;

/** Such a program, by the name that it has in `/usr/bin`. */
export type Client = (typeof CLIENTS)[number];

/** Where a script asks first, and how. */
export interface WarmEvaluator {
  /** The absolute path of its socket. */
  readonly socket: string;
  readonly client: Client;
}

/** Where programs are that scripts may run: AppArmor's profile of libvirtd lets them be. */
const PROGRAMS = "/usr/bin";

/** How a program says what it is: several have the name nc, and not all of them know UNIX sockets. */
const SIGNS: Readonly<Record<Client, { readonly words: readonly string[]; readonly said: RegExp }>> = {
  // a Perl that can pass pointers to the kernel as the script does
  perl: { words: ["-e", 'print length pack("p", ""), " $]"'], said: /^8 5\./ },
  nc: { words: ["-h"], said: /^OpenBSD netcat.*\s-U\s/s },
  ncat: { words: ["--help"], said: /^Ncat .*--unixsock/s },
  socat: { words: ["-h"], said: /^socat by Gerhard Rieger/m },
};

/** Whether a word names a client. */
export function isClient(name: string): name is Client {
  return (CLIENTS as readonly string[]).includes(name);
}

/** The fastest client that is there. */
export function chooseClient(programs = PROGRAMS): Client | undefined {
  return CLIENTS.find((client) => clientProblem(client, programs) === undefined);
}

/** Why a client cannot be used, in a text for people; undefined where it can. */
export function clientProblem(client: Client, programs = PROGRAMS): string | undefined {
  const file = join(programs, client);
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return `${file} is missing`;
  }
  const { words, said } = SIGNS[client];
  const { stdout, stderr } = spawnSync(file, words, {
    encoding: "utf8",
    env: { LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 5000,
    killSignal: "SIGKILL",
  });
  return said.test(`${stdout}${stderr}`) ? undefined : `${file} is another program, or one without UNIX sockets`;
}
