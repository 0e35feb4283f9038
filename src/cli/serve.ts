import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { isLocal, type MetricsAddress, readMetricsAddress } from "../service/metrics-address.ts";
import { Notifier } from "../service/notify.ts";
import { passedSockets } from "../service/passed-socket.ts";
import { DEFAULT_SOCKET } from "../service/places.ts";
import { ServeError } from "../service/serve-error.ts";
import { type Service, startService } from "../service/start-service.ts";
import type { ServiceState } from "../service/state-file.ts";
import { UserError } from "../user-error.ts";
import { pathOption } from "./path-option.ts";

interface ServeOptions {
  readonly bundle: string;
  readonly socket: string;
  readonly evaluators?: number;
  readonly metrics?: MetricsAddress;
  readonly metricsPublic?: true;
}

/** For a fault of ours: whoever keeps the service starts it again (`bin/serve.sh`). */
const FAULT = 70;

const EXAMPLE = `
Runs in the foreground until SIGTERM or SIGINT, and then ends what it began.
SIGHUP: look for another bundle at once; it is found within a second anyway.
A bundle that is broken leaves the one before in force, and is said to be.

With systemd, copy systemd/virt-warden.socket and systemd/virt-warden.service
of this package to /etc/systemd/system, then:
  systemctl enable --now virt-warden.socket virt-warden.service
Elsewhere have any service manager run it, or start it by hand:
  setsid virt-warden serve </dev/null >/dev/null \\
    2>>/var/log/virt-warden-serve.log &

Example:
  $ virt-warden serve --socket /run/vw.sock
  virt-warden: serving bundle 3f1c9a7be0d2 on /run/vw.sock; 2 evaluators ready`;

/** Adds the command `serve`. */
export function registerServe(program: Command): void {
  program
    .command("serve")
    .description("keep evaluators ready, so that hooks get their answers sooner")
    .option("--bundle <dir>", "the bundle that decides", pathOption, DEFAULT_BUNDLE)
    .option("--socket <path>", "where to listen, if systemd passes no socket", pathOption, DEFAULT_SOCKET)
    .option("--evaluators <count>", "decisions at a time (default: one a processor, 2 to 8)", countOption)
    .option("--metrics <address>", "answer HTTP GET /metrics there: 127.0.0.1:9177, or a socket's path", metricsOption)
    .option("--metrics-public", "let that be an address that other hosts reach")
    .addHelpText("after", EXAMPLE)
    .action(async (options: ServeOptions, command: Command) => {
      const { metrics, metricsPublic } = options;
      if (metrics !== undefined && !isLocal(metrics) && !metricsPublic) {
        command.error("error: --metrics is an address that other hosts reach: add --metrics-public if it is to be");
      }
      await serve(options);
    });
}

/** Resolves when the service was ended on purpose. */
async function serve({ bundle, socket, evaluators, metrics }: ServeOptions): Promise<void> {
  process.on("uncaughtException", endForFault);
  const notifier = new Notifier();
  const end = Promise.withResolvers<void>();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => end.resolve());
  let service: Service;
  try {
    service = await startService({
      bundleDir: resolve(bundle),
      socket: resolve(socket),
      ...passedSockets(),
      ...(metrics === undefined ? {} : { metrics }),
      ...(evaluators === undefined ? {} : { evaluators }),
      say: (line) => process.stderr.write(`${line}\n`),
      onState: (state) => void notifier.tell(`STATUS=${statusText(state)}`),
    });
  } catch (error) {
    // not what the asker could mend, such as a program of ours that was killed: whoever keeps the service tries again
    if (!(error instanceof UserError || error instanceof ServeError)) return endForFault(error as Error);
    console.error(error instanceof UserError ? error.message : `virt-warden: ${error.message}`);
    process.exitCode = 1;
    return;
  }
  process.on("SIGHUP", () => void service.look());
  service.ready.then(
    () => notifier.tell("READY=1"),
    () => {},
  );
  await end.promise;
  await notifier.tell("STOPPING=1");
  await service.stop();
}

function endForFault(error: Error): never {
  console.error(`virt-warden: a fault of virt-warden's: ${error.stack}`);
  process.exit(FAULT);
}

/** One line, as `systemctl status` shows it. */
function statusText({ ready, digest, problem }: ServiceState): string {
  const serving = ready && digest !== undefined ? `serving bundle ${digest.slice(0, 12)}` : "starting";
  return problem === undefined ? serving : `${serving}; ${problem}`;
}

function metricsOption(value: string): MetricsAddress {
  const address = readMetricsAddress(value);
  if (address !== undefined) return address;
  throw new InvalidArgumentError("It is an IP address with a port, such as 127.0.0.1:9177 or [::1]:9177, or a path.");
}

function countOption(value: string): number {
  if (/^[1-9][0-9]?$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It is a number from 1 to 99.");
}
