import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from "pino";

let shared: Logger | undefined;

/**
 * What virt-warden says of its own work, on stderr: readable lines on a terminal, else JSON lines. The environment's
 * `VIRT_WARDEN_LOG` sets the level (`debug`, `info`, …, `silent`), `warn` unless given.
 */
export function logger(): Logger {
  shared ??= createLogger(process.env.VIRT_WARDEN_LOG);
  return shared;
}

function createLogger(wanted: string | undefined): Logger {
  const known = wanted !== undefined && (wanted === "silent" || Object.hasOwn(pino.levels.values, wanted));
  const level = known ? wanted : "warn";
  const output: DestinationStream = destination({ dest: 2, sync: true });
  const stream = process.stderr.isTTY ? { write: (line: string) => output.write(formatLine(line)) } : output;
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, stream);
}

/** A JSON line as a terminal shows it: `warn: message {"field":…}`. */
function formatLine(line: string): string {
  const { level, time: _, msg, ...fields } = JSON.parse(line) as { level: number; time: string; msg?: string };
  const text = `${pino.levels.labels[level] ?? level}: ${msg ?? ""}`;
  return `${Object.keys(fields).length === 0 ? text : `${text} ${JSON.stringify(fields)}`}\n`;
}
