import type { Edit } from "./product.ts";
import type { Attempt, Call } from "./run-probe.ts";
import type { Surroundings } from "./surroundings.ts";

/** A layer of the wall, and what somebody tries who has taken over the process. */
export interface Layer {
  /** The test's name: what gets through without the layer. */
  readonly name: string;
  /** How `bin/wall.sh` names it where a host may lack it. */
  readonly optional?: "network" | "processes" | "ipc" | "capabilities";
  /** The layer's words, and what is left without them. */
  readonly away: Edit;
  /** Other layers that stop the same, taken away in both runs. */
  readonly beside?: readonly Edit[];
  readonly attempt: (on: Surroundings) => Attempt;
  readonly call?: (on: Surroundings) => Call;
  readonly by?: "eval";
  /** What the attempt finds behind the whole wall. */
  readonly stopped: string | RegExp;
  /** What it finds without the layer. */
  readonly through: string | RegExp;
}

const NETWORK: Edit = { from: "$namespaces --net", to: "$namespaces" };
const PROCESSES: Edit = { from: "$namespaces --pid --mount-proc --fork --kill-child", to: "$namespaces" };
const USER: Edit = { from: "--reuid $uid --regid $gid --clear-groups" };
const NO_NEW_PRIVILEGES: Edit = { from: " --no-new-privs" };
const DATA: Edit = { from: "ulimit -d $((data / 1024))", to: ":" };

/** What each layer of `bin/wall.sh` stops, in its order. */
export const LAYERS: readonly Layer[] = [
  {
    name: "without cd /, a policy's process keeps the caller's folder in use",
    away: { from: "cd / || return", to: ":" },
    // a hook goes there anyway, to leave the bundle's folder
    by: "eval",
    attempt: () => ({ attempt: "folder" }),
    stopped: "/",
    through: /virt-warden-test-/,
  },
  {
    name: "without a limit for core dumps, a crash may leave one of any size",
    away: { from: "ulimit -c 0", to: ":" },
    // the limit alone: where dumps go is the host's to say
    attempt: () => ({ attempt: "limit", of: "core file size" }),
    call: () => ({ through: ["prlimit", "--core=1000000"] }),
    stopped: "0",
    through: "1000000",
  },
  {
    name: "without the data limit, memory that V8 does not count has no bounds",
    away: DATA,
    attempt: () => ({ attempt: "allocate", most: 800 }),
    stopped: /^(\d|\d\d|1[0-5]\d)$/,
    through: "800",
  },
  {
    name: "without the stack limit, a policy's process has the caller's",
    away: { from: "ulimit -s 8192", to: ":" },
    // a larger one would keep Node from starting, as another test shows
    attempt: () => ({ attempt: "limit", of: "stack size" }),
    call: () => ({ through: ["prlimit", "--stack=9000000"] }),
    stopped: "8388608",
    through: "9000000",
  },
  {
    name: "without a limit for processor time, nothing but the deadline ends a loop",
    away: { from: "ulimit -t $((left > 0 ? left / 25 + 2 : 3600))", to: ":" },
    // that it ends one, another test shows
    attempt: () => ({ attempt: "limit", of: "cpu time" }),
    stopped: /^4[12]$/,
    through: "unlimited",
  },
  {
    name: "without a limit for files, a policy fills a disk",
    away: { from: "ulimit -f 0", to: ":" },
    attempt: ({ common }) => ({ attempt: "write", path: `${common}/written` }),
    stopped: "EFBIG",
    through: "written",
  },
  {
    name: "without a limit for files, a policy fills /dev/shm",
    away: { from: "ulimit -f 0", to: ":" },
    attempt: ({ memory }) => ({ attempt: "write", path: memory }),
    stopped: "EFBIG",
    through: "written",
  },
  {
    name: "without a limit for descriptors, a policy opens thousands",
    away: { from: "ulimit -n 1024 || ulimit -n 64", to: ":" },
    attempt: () => ({ attempt: "open", most: 1200 }),
    stopped: /^(?:9\d\d|10[012]\d)$/,
    through: "1200",
  },
  {
    name: "without --no-new-privs, a program with its setuid bit is root",
    away: NO_NEW_PRIVILEGES,
    attempt: ({ setuid }) => ({ attempt: "run", program: [setuid.id, "-u"] }),
    stopped: /^[1-9]/,
    through: "0",
  },
  {
    name: "without --reuid, --regid and --clear-groups, a policy reads what only root may",
    away: USER,
    attempt: ({ owned }) => ({ attempt: "read", path: owned }),
    stopped: "EACCES",
    through: "only root may read this",
  },
  {
    name: "without --reuid, --regid and --clear-groups, a policy reaches the deadline's timer",
    away: USER,
    // whose namespace does not even show it
    beside: [PROCESSES],
    attempt: () => ({ attempt: "signal-parent" }),
    stopped: "EPERM",
    through: "sent",
  },
  {
    name: "without --regid, a policy reads what root's group may",
    away: { from: "--regid $gid " },
    attempt: ({ ofRootsGroup }) => ({ attempt: "read", path: ofRootsGroup }),
    stopped: "EACCES",
    through: "root's group may read this",
  },
  {
    name: "without --clear-groups, a policy reads what the caller's groups may",
    away: { from: "--clear-groups", to: "--keep-groups" },
    attempt: ({ ofAGroup }) => ({ attempt: "read", path: ofAGroup.path }),
    call: ({ ofAGroup }) => ({ through: ["setpriv", "--groups", String(ofAGroup.gid)] }),
    stopped: "EACCES",
    through: "a group may read this",
  },
  {
    name: "without an empty bounding set, a setuid program would have root's capabilities",
    optional: "capabilities",
    away: { from: "--bounding-set -all " },
    // does not even let it be root
    beside: [NO_NEW_PRIVILEGES],
    attempt: ({ setuid }) => ({ attempt: "status-of", program: setuid.cat, key: "CapEff" }),
    stopped: /^0+$/,
    through: /[1-9a-f]/,
  },
  {
    name: "without --inh-caps -all, a policy keeps what the caller may pass on",
    optional: "capabilities",
    away: { from: " --inh-caps -all" },
    attempt: () => ({ attempt: "status", key: "CapInh" }),
    call: () => ({ through: ["setpriv", "--inh-caps", "+kill"] }),
    stopped: /^0+$/,
    through: /20$/,
  },
  {
    name: "without a limit for processes, a policy has as many as the caller",
    away: { from: "ulimit -u 4096 2>/dev/null || ulimit -p 4096 2>/dev/null", to: ":" },
    // the limit alone: to reach it would be hard on the machine
    attempt: () => ({ attempt: "limit", of: "processes" }),
    call: () => ({ through: ["prlimit", "--nproc=5000"] }),
    stopped: "4096",
    through: "5000",
  },
  {
    name: "without --net, a policy reaches the host's own loopback",
    optional: "network",
    away: NETWORK,
    attempt: ({ port }) => ({ attempt: "connect", port }),
    stopped: "ENETUNREACH",
    through: "connected",
  },
  {
    name: "without --pid, a policy ends another decision's process",
    optional: "processes",
    away: PROCESSES,
    attempt: ({ neighbour }) => ({ attempt: "signal", pid: neighbour, signal: "SIGKILL" }),
    stopped: "ESRCH",
    through: "sent",
  },
  {
    name: "without --mount-proc, a policy reads other processes' words",
    optional: "processes",
    away: { from: " --mount-proc" },
    attempt: () => ({ attempt: "read", path: `/proc/${process.pid}/cmdline` }),
    stopped: "ENOENT",
    through: /node/,
  },
  {
    name: "without env -i, a policy has the caller's environment",
    away: { from: 'environment="env -i"', to: 'environment=""' },
    attempt: () => ({ attempt: "environment" }),
    call: () => ({ env: { SECRET: "of-the-caller" } }),
    stopped: "{}",
    through: /of-the-caller/,
  },
  {
    name: "without --jitless, V8's compilers and WebAssembly are there to attack",
    away: { from: " --jitless" },
    // within which a Node with compilers does not start
    beside: [DATA],
    attempt: () => ({ attempt: "compile" }),
    stopped: "undefined",
    through: "object",
  },
  {
    name: "without a stderr of its own, a policy's process speaks for the hook",
    away: { file: "hook.sh", from: '"$@" 2>/dev/null; then', to: '"$@"; then' },
    attempt: () => ({ attempt: "descriptors" }),
    // stderr is a pipe of the caller's here, as stdout is
    call: ({ common }) => ({ through: ["sh", "-c", `exec "$@" 2>${common}/stderr`, "sh"] }),
    stopped: /^(?!.*\/stderr)/,
    through: /\/stderr/,
  },
];
