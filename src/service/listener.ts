/**
 * The listener: a program without root that takes connections, reads requests and documents, and decides; policies run in
 * evaluators, to which it has a socket each. The supervisor started it, and tells it over Node's channel what to do. Its
 * words: `INHERITED`, the descriptors that were left open, and `METRICS`, `metrics` where it is to answer for these as well.
 */
import type { Socket } from "node:net";
import type { Family } from "../metrics/family.ts";
import { closeDescriptors } from "../sandbox/descriptors.ts";
import { Acceptor } from "./accept.ts";
import { Decisions } from "./decisions.ts";
import { Evaluators } from "./evaluators.ts";
import { openGround } from "./ground.ts";
import { Looks } from "./looks.ts";
import type { FromListener, ToListener } from "./messages.ts";
import { MetricsServer } from "./metrics-server.ts";
import { SecondReader } from "./second-reader.ts";
import { serviceFamilies } from "./service-families.ts";
import { warmReaders } from "./warm-readers.ts";

/** The listening sockets. */
const SOCKET = 4;
const METRICS_SOCKET = 5;

closeDescriptors((process.argv[2] ?? "").split(",").filter(Boolean).map(Number));

const looks = new Looks((digest) => tell({ type: "look", digest }));
const reader = new SecondReader();
const decisions = new Decisions((digest) => looks.look(digest), reader);
const acceptor = new Acceptor(SOCKET, decisions);
const metrics = process.argv[3] === "metrics" ? new MetricsServer(METRICS_SOCKET, metricsNow) : undefined;
const startedAt = Date.now();
let replaced = 0;
const readers = warmReaders(reader);
/** The bundles that may decide, by their generation. */
const bundles = new Map<number, Evaluators>();
let inForce = 0;

process.on("message", (message: ToListener, handle: unknown) => {
  if (message.type === "bundle") addBundle(message);
  else if (message.type === "evaluator") addEvaluator(message, handle as Socket | undefined);
  else if (message.type === "looked") looks.looked(message.digest, message.isLoading);
  else if (message.type === "pause") decisions.isPaused = message.isPaused;
  else if (message.type === "drop") drop(message.generation);
  else void stop();
});
// whoever has it serve is gone
process.on("disconnect", () => process.exit());
tell({ type: "up" });

function addBundle(message: Extract<ToListener, { type: "bundle" }>): void {
  const { generation } = message;
  const evaluators = new Evaluators(openGround(message), readers, message.decisions, {
    ready: (id) => {
      tell({ type: "ready", id });
      putInForce(generation);
    },
    idle: () => decisions.goOn(),
    used: (id, reason, wasWarmingUp) => {
      replaced += 1;
      tell({ type: "used", id, reason, wasWarmingUp });
      decisions.goOn();
    },
  });
  bundles.set(generation, evaluators);
}

function drop(generation: number): void {
  bundles.get(generation)?.retire();
  bundles.delete(generation);
}

/** Has a bundle decide as soon as one evaluator can. */
function putInForce(generation: number): void {
  const evaluators = bundles.get(generation);
  if (generation <= inForce || evaluators === undefined) return;
  inForce = generation;
  decisions.putInForce(evaluators);
  tell({ type: "serving", generation });
}

function addEvaluator(
  { id, generation, isWarmedUp }: Extract<ToListener, { type: "evaluator" }>,
  channel?: Socket,
): void {
  const evaluators = bundles.get(generation);
  if (channel !== undefined && evaluators !== undefined) {
    tell({ type: "taken", id });
    return void evaluators.add(id, channel, isWarmedUp);
  }
  channel?.destroy();
  tell({ type: "used", id, reason: "it came too late", wasWarmingUp: false });
}

function metricsNow(): readonly Family[] {
  return serviceFamilies(decisions.counts, decisions.load, { startedAt, replaced });
}

async function stop(): Promise<void> {
  metrics?.close();
  await acceptor.close();
  tell({ type: "stopped" });
  process.disconnect?.();
}

function tell(message: FromListener): void {
  // the supervisor may be gone, which `disconnect` tells
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
