import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { printable } from "../hook/printable.ts";
import { logPlace } from "../log/read/log-place.ts";
import { bundleFamilies } from "../metrics/bundle-families.ts";
import { countLog } from "../metrics/count-log.ts";
import { exposition, type MetricsFormat } from "../metrics/exposition.ts";
import { type MetricsState, noState, readState, writeState, writeWhole } from "../metrics/metrics-state.ts";
import { pathOption } from "./path-option.ts";
import { warnOf } from "./warn-of.ts";

interface MetricsOptions {
  readonly textfile?: string;
  readonly file?: string;
  readonly bundle?: string;
  readonly format?: MetricsFormat;
}

const EXAMPLE = `
Counts the decision log. With --textfile it goes on from where it ended, also
over the log's rotation: FILE.state beside FILE says where that was. Have it
run every minute; systemd/virt-warden-metrics.timer of this package does.

node_exporter's textfile collector reads *.prom in the Prometheus text format,
which a text file gets; what is printed is OpenMetrics. A log that is not
there yet has no decisions. Exit status: 0; 1 it failed; 64 wrong usage.

Example:
  $ virt-warden metrics --textfile /var/lib/node_exporter/virt-warden.prom
  $ virt-warden metrics | grep denials_total
  virt_warden_denials_total{policy="no-host-passthrough"} 12`;

/** Adds the command `metrics`. */
export function registerMetrics(program: Command): void {
  program
    .command("metrics")
    .description("count decisions, denials, failures and durations of the decision log, for monitoring")
    .option("--textfile <file>", "write them there, for node_exporter, and keep count", pathOption)
    .option("--file <file>", "the log (default: the one that the bundle names)", pathOption)
    .option("--bundle <dir>", `the bundle in force (default: "${DEFAULT_BUNDLE}")`, pathOption)
    .addOption(
      new Option("--format <format>", "the text (default: prometheus in a file, else openmetrics)").choices([
        "openmetrics",
        "prometheus",
      ]),
    )
    .addHelpText("after", EXAMPLE)
    .action(async ({ textfile, file, bundle, format }: MetricsOptions) => {
      const bundleDir = resolve(bundle ?? DEFAULT_BUNDLE);
      const log = resolve(file ?? logPlace(bundleDir, bundle !== undefined));
      try {
        if (textfile === undefined) {
          process.stdout.write(textOf(await counted(noState(log)), bundleDir, format ?? "openmetrics"));
        } else await writeMetrics(resolve(textfile), log, bundleDir, format ?? "prometheus");
      } catch (error) {
        if (!(error instanceof Error && "syscall" in error)) throw error;
        process.stderr.write(`virt-warden: cannot count the log: ${printable(error.message)}\n`);
        process.exitCode = 1;
      }
    });
}

async function writeMetrics(textfile: string, log: string, bundleDir: string, format: MetricsFormat): Promise<void> {
  const stateFile = `${textfile}.state`;
  const before = readState(stateFile, log);
  if (before === undefined) warnOf(`${stateFile} is damaged or of another log: counts begin again`);
  const state = await counted(before ?? noState(log));
  // what is lost between both is written the next time
  writeState(stateFile, state);
  writeWhole(textfile, textOf(state, bundleDir, format), 0o644);
}

async function counted(state: MetricsState): Promise<MetricsState> {
  const { position, damaged } = await countLog(state.log, state.position, state.counts, warnOf);
  return { ...state, position, damaged: state.damaged + damaged };
}

function textOf({ counts, damaged }: MetricsState, bundleDir: string, format: MetricsFormat): string {
  const lines = {
    name: "virt_warden_log_damaged_lines",
    type: "counter",
    help: "Lines of the decision log that are damaged.",
    samples: [{ value: damaged }],
  } as const;
  return exposition([...counts.families(), lines, ...bundleFamilies(bundleDir)], format);
}
