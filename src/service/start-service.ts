import type { Bundle } from "../bundle/bundle.ts";
import { BundleSource } from "./bundle-source.ts";
import { holdPort } from "./hold-port.ts";
import { type HeldSocket, holdSocket } from "./hold-socket.ts";
import { type MetricsAddress, metricsAddressText } from "./metrics-address.ts";
import { missingLayers } from "./missing-layers.ts";
import { removeState, type ServiceState, stateFileOf, writeState } from "./state-file.ts";
import { Supervisor } from "./supervisor.ts";

/** What a service is started with. */
export interface ServiceOptions {
  /** The folder that `virt-warden build` writes; it is watched, so that a newer bundle decides. */
  readonly bundleDir?: string;
  /** A bundle in memory, instead. */
  readonly bundle?: Bundle;
  /** The path to listen at; its folder is made where it is missing. */
  readonly socket: string;
  /** A socket that listens at the path already, which stays; else one is made. */
  readonly descriptor?: number;
  /** Where to answer for metrics, over HTTP; nowhere unless it is told. */
  readonly metrics?: MetricsAddress;
  /** A socket that listens for these already. */
  readonly metricsDescriptor?: number;
  /** How many decisions go on at a time: one for each processor unless it is told, at least 2 and at most 8. */
  readonly evaluators?: number;
  /** After how many decisions an evaluator is replaced at the latest; 1,000 unless it is told. */
  readonly decisions?: number;
  /** Told what happens, each a line for an administrator. */
  readonly say?: (line: string) => void;
  /** Told how it is, whenever that changes. */
  readonly onState?: (state: ServiceState) => void;
}

/** A service that runs. */
export interface Service {
  /** Where to ask. */
  readonly socket: string;
  /** Resolves when all evaluators can decide; rejects where they come to nothing, or the service is stopped before. */
  readonly ready: Promise<void>;
  /** How it is. */
  readonly state: ServiceState;
  /** The listener's process; undefined while there is none. */
  readonly listenerPid: number | undefined;
  /** The evaluators' processes: with namespaces, what holds each of these. */
  readonly evaluatorPids: readonly number[];
  /** Looks whether there is another bundle. */
  look(): Promise<void>;
  /** Takes no more requests, ends those that it has, and leaves nothing behind. */
  stop(): Promise<void>;
}

/**
 * Starts a service: the warm evaluator for a bundle. This process becomes its supervisor, which parses no document and
 * runs no policy.
 *
 * @throws {UserError} where there is no bundle, or one that cannot be trusted.
 * @throws Error where the socket cannot be had, such as when another service has it.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { bundleDir, socket, descriptor, onState } = options;
  const source = bundleDir === undefined ? undefined : new BundleSource(bundleDir);
  const bundle = options.bundle ?? (await firstBundle(source));
  const skippedLayers = await missingLayers();
  const held: HeldSocket =
    descriptor === undefined ? await holdSocket(socket) : { descriptor, release: async () => {} };
  const metrics = await holdMetrics(options, held);
  const keepState = (state: ServiceState): void => {
    try {
      writeState(socket, state);
    } catch (error) {
      options.say?.(`virt-warden: cannot write ${stateFileOf(socket)}: ${(error as Error).message}`);
    }
    onState?.(state);
  };
  const supervisor = new Supervisor(
    bundle,
    source,
    { ...options, descriptor: held.descriptor, metrics: metrics?.descriptor, skippedLayers },
    keepState,
  );
  return {
    socket,
    ready: supervisor.ready,
    get state() {
      return supervisor.state;
    },
    get listenerPid() {
      return supervisor.listenerPid;
    },
    get evaluatorPids() {
      return supervisor.evaluatorPids;
    },
    look: () => supervisor.look(),
    async stop() {
      await supervisor.stop();
      await metrics?.release();
      await held.release();
      removeState(socket);
    },
  };
}

/** Where it cannot be had, the other socket goes as well. */
async function holdMetrics(options: ServiceOptions, held: HeldSocket): Promise<HeldSocket | undefined> {
  const { metrics, metricsDescriptor, say } = options;
  if (metricsDescriptor !== undefined) return { descriptor: metricsDescriptor, release: async () => {} };
  if (metrics === undefined) return undefined;
  try {
    const socket = "path" in metrics ? await holdSocket(metrics.path) : await holdPort(metrics);
    const address = "path" in metrics ? metrics : { ...metrics, ...socket };
    say?.(`virt-warden: metrics on ${metricsAddressText(address)}`);
    return socket;
  } catch (error) {
    await held.release();
    throw error;
  }
}

async function firstBundle(source: BundleSource | undefined): Promise<Bundle> {
  if (source === undefined) throw new TypeError("Cannot start a service: neither a bundle nor its folder is named");
  const look = await source.look();
  if ("bundle" in look) return look.bundle;
  throw look.problem;
}
