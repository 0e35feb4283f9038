import { commandLine, readFile } from "./process.ts";

/**
 * What a process of a warm evaluator's service is: the shell that starts it again, the one that binds the socket, the one
 * that parses, one that runs policies, or a program of the wall around those two.
 */
export type ServiceRole = "keeper" | "supervisor" | "listener" | "evaluator" | "wall";

/** A process of a service. */
export interface ServiceProcess {
  readonly pid: number;
  readonly role: ServiceRole;
}

/** How the Node is called that runs policies, without a compiler, or parses documents. */
const INSIDE = "/proc/self/fd/6";

/**
 * The processes of a service that run.
 *
 * @param keeper Of `virt-warden serve`, the process that was started.
 */
export function serviceProcesses(keeper: number): ServiceProcess[] {
  return descendants(keeper).map((pid) => ({ pid, role: pid === keeper ? "keeper" : roleOf(pid) }));
}

/** A process and all that it started, as far as they run. */
export function descendants(pid: number): number[] {
  const tasks = readFile(pid, `task/${pid}/children`).trim();
  return [pid, ...(tasks === "" ? [] : tasks.split(" ").flatMap((each) => descendants(Number(each))))];
}

function roleOf(pid: number): ServiceRole {
  const [program = "", ...words] = commandLine(pid);
  if (words[0]?.endsWith("/dist/cli.js")) return "supervisor";
  if (program !== INSIDE) return "wall";
  return words.includes("--jitless") ? "evaluator" : "listener";
}
