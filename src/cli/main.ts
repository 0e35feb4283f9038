/** The commands. `hook` is the launcher's own (`bin/hook.sh`); it is here for its help alone. */
import { withoutControls } from "../hook/printable.ts";
import { UserError } from "../user-error.ts";
import { createProgram } from "./program.ts";

/** sysexits.h's EX_USAGE. */
const WRONG_USAGE = 64;

/** For a fault of virt-warden or of what it was given; 1 is what `eval` says of a denied guest. */
const FAILED = process.argv[2] === "eval" ? 3 : 1;

for (const stream of [process.stdout, process.stderr]) stream.on("error", endOutput);
try {
  const program = await createProgram(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // commander has already said what it has to say
  if (error instanceof Error && "code" in error && String(error.code).startsWith("commander.")) {
    return "exitCode" in error && error.exitCode === 0 ? 0 : WRONG_USAGE;
  }
  const lines = describe(error).split("\n").map(withoutControls).join("\n");
  process.stderr.write(error instanceof UserError ? `${lines}\n` : `virt-warden: ${lines}\n`);
  return FAILED;
}

/** A reader that has seen enough, such as `head`, changes no exit status; what else goes wrong with output is a fault. */
function endOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.stderr.write(`virt-warden: cannot write the output: ${error.message}\n`);
  process.exit(FAILED);
}

function describe(error: unknown): string {
  // our own, and what the system said; only a bug prints a stack
  if (error instanceof UserError) return error.message;
  if (error instanceof Error && (error.name === "EngineFailure" || "syscall" in error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
