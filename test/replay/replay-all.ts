import assert from "node:assert/strict";
import type { Ended } from "../support/launcher.ts";
import { DAEMONS } from "./calls.ts";
import { type Entry, name } from "./entries.ts";
import type { ReplayHost } from "./replay.ts";

/** Replays calls, each hook's by a daemon of its own unless one is named, and all daemons at once. */
export async function replayAll(host: ReplayHost, calls: readonly Entry[], daemon?: string): Promise<readonly Ended[]> {
  const ended = new Map<Entry, Ended | undefined>();
  const hooks = [...new Set(calls.map(({ hook }) => hook))];
  await Promise.all(
    hooks.map(async (hook) => {
      const own = calls.filter((call) => call.hook === hook);
      const results = await host.replay(daemon ?? DAEMONS[hook] ?? "libvirtd", own);
      for (const [index, call] of own.entries()) ended.set(call, results.ended[index]);
    }),
  );
  return calls.map((call) => ended.get(call) ?? assert.fail(`no end of ${name(call)}`));
}
