import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Places } from "./places.ts";
import { ok, type Row, warning } from "./row.ts";

const CHECK = "user";

/** What `bin/wall.sh` gives policies where the host has no user for them. */
const FALLBACK = 64_999;

const MAKE = "useradd --system --no-create-home --shell /usr/sbin/nologin virt-warden";

/** usermod refuses where the number has processes, as that of root has. */
const CHANGE = "vipw, and give virt-warden a uid that no other account or process has";

/** An account, as far as it matters here. */
interface Account {
  readonly name: string;
  readonly uid: string;
}

/** The user that policies run as: it should have nothing, and share its number with nobody. */
export function checkUser({ passwd, proc }: Pick<Places, "passwd" | "proc">): readonly Row[] {
  const accounts = readAccounts(passwd);
  const own = accounts.find(({ name }) => name === "virt-warden");
  const isUsable = own !== undefined && /^[1-9]\d{0,9}$/.test(own.uid) && Number(own.uid) < 2 ** 32 - 1;
  const uid = isUsable ? Number(own.uid) : FALLBACK;
  const rows: Row[] = [];
  if (own !== undefined && !isUsable) {
    const detail = `the account virt-warden has uid ${own.uid}, which policies never get; they run as uid ${FALLBACK}`;
    rows.push(warning(CHECK, detail, CHANGE));
  }
  const namesakes = accounts.filter((each) => each !== own && Number(each.uid) === uid).map(({ name }) => name);
  const change = own === undefined ? MAKE : CHANGE;
  if (namesakes.length > 0) {
    rows.push(warning(CHECK, `uid ${uid}, which policies run as, is also ${namesakes.join(", ")}`, change));
  }
  const processes = processesOf(uid, proc);
  if (processes.length > 0) {
    const detail = `uid ${uid}, which policies run as, has other processes: ${processes.slice(0, 5).join(", ")}`;
    rows.push(warning(CHECK, detail, `end them, or ${change}`));
  }
  if (rows.length > 0) return rows;
  const who = isUsable ? `virt-warden, uid ${uid}` : `uid ${uid}, which no account has`;
  return [ok(CHECK, `policies run as ${who}`)];
}

function readAccounts(file: string): Account[] {
  return readText(file)
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map(([name = "", , uid = ""]) => ({ name, uid }));
}

/** The processes of a user but for decisions under way, each as `name (pid)`. */
function processesOf(uid: number, proc: string): string[] {
  return readdirSync(proc)
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => new RegExp(`^Uid:.*\\t${uid}(\\t|$)`, "m").test(readText(join(proc, pid, "status"))))
    .filter((pid) => !isEvaluator(readText(join(proc, pid, "cmdline"))))
    .map((pid) => `${readText(join(proc, pid, "comm")).trim()} (${pid})`);
}

/** As `bin/wall.sh` starts it. */
function isEvaluator(commandLine: string): boolean {
  return commandLine.startsWith("/proc/self/fd/6\0");
}

/** Empty for what is not there, such as a process that has ended. */
function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
