import type { Socket } from "node:net";
import { type Child, startChild } from "./child.ts";

/** What an evaluator is started with. */
export interface EvaluatorFiles {
  /** The bundle's `policies.js`, open. */
  readonly code: number;
  /** Its `manifest.json`, open. */
  readonly manifest: number;
  /** The data limit in bytes. */
  readonly data: number;
  /** Layers of the wall that this host cannot give. */
  readonly skippedLayers: readonly string[];
}

/** A process that runs policies, inside the wall. */
export interface EvaluatorProcess extends Child {
  /** To it and from it; only the listener may read it. */
  readonly channel: Socket;
  /** Lets it begin, once the listener has the channel: until then Node itself reads what comes from it. */
  go(): void;
}

/** Starts one. */
export function startEvaluator({ code, manifest, data, skippedLayers }: EvaluatorFiles): EvaluatorProcess {
  const child = startChild(
    "serve-evaluator",
    [String(data), skippedLayers.join(" ")],
    ["pipe", "pipe", code, manifest],
  );
  const channel = child.process.stdio[3] as Socket;
  // its end is told by the process's
  channel.on("error", () => {});
  return { ...child, channel, go: () => child.process.stdin?.end("go\n") };
}
