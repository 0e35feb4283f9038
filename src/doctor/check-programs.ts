import { findProgram } from "./find-program.ts";
import type { Places } from "./places.ts";
import { fault, ok, type Row, warning } from "./row.ts";
import { run } from "./run.ts";

const CHECK = "programs";

/** The least util-linux: older ones have no `setpriv --pdeathsig` and no `unshare --kill-child`. */
const UTIL_LINUX = [2, 33] as const;

/** What every decision needs; `bin/*.sh` refuses without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  coreutils: [..."base64 cat cut date dd env head mkdir mktemp mv rm sha256sum timeout tr wc".split(" ")],
  findutils: ["find"],
  grep: ["grep"],
  sed: ["sed"],
  "util-linux": ["setpriv"],
};

/** What a decision can do without, and what is lost then. */
const USEFUL: readonly { readonly program: string; readonly package: string; readonly lost: string }[] = [
  { program: "unshare", package: "util-linux", lost: "policies have no namespaces of their own" },
  { program: "flock", package: "util-linux", lost: "decisions wait for no turn, and lines of the log can mix" },
  { program: "fallocate", package: "util-linux", lost: "documents are kept in /tmp" },
  { program: "nproc", package: "coreutils", lost: "two processors are taken for granted" },
  { program: "logger", package: "bsdutils (util-linux)", lost: "warnings do not reach syslog" },
];

/** The programs that the wall is made of, and util-linux's version. */
export function checkPrograms({ path }: Pick<Places, "path">): readonly Row[] {
  const faults = Object.entries(NEEDED).flatMap(([origin, programs]) => {
    const missing = programs.filter((program) => findProgram(program, path) === undefined);
    if (missing.length === 0) return [];
    return [fault(CHECK, `${missing.join(", ")}: missing, and every admission is refused without`, install(origin))];
  });
  const warnings = USEFUL.filter(({ program }) => findProgram(program, path) === undefined).map((each) =>
    warning(CHECK, `${each.program} is missing: ${each.lost}`, install(each.package)),
  );
  const version = findProgram("setpriv", path) === undefined ? [] : checkVersion(path);
  const rows = [...faults, ...version.filter(({ status }) => status !== "ok"), ...warnings];
  return rows.length > 0 ? rows : [ok(CHECK, `all are there; ${version[0]?.detail}`)];
}

function checkVersion(path: readonly string[]): readonly Row[] {
  const { stdout } = run(["setpriv", "--version"], path);
  const [text, major, minor] = /util-linux (\d+)\.(\d+)[.\w-]*/.exec(stdout) ?? [];
  if (text === undefined) {
    return [fault(CHECK, "setpriv is not that of util-linux", install("util-linux"))];
  }
  const isOld = Number(major) < UTIL_LINUX[0] || (Number(major) === UTIL_LINUX[0] && Number(minor) < UTIL_LINUX[1]);
  if (!isOld) return [ok(CHECK, text)];
  const least = UTIL_LINUX.join(".");
  return [
    fault(CHECK, `${text} is older than ${least}: the wall cannot be built`, `upgrade util-linux to ${least} or newer`),
  ];
}

function install(origin: string): string {
  return `install the package ${origin}`;
}
