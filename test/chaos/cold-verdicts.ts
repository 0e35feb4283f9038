import { guestOf, type Operation, startAndEnd } from "./guest.ts";
import { callKey, type HookCalls, type Verdict } from "./hook-calls.ts";
import { KINDS, type Kind } from "./policies.ts";

/** What each call about a guest of each kind comes to when no service runs, by kind and operation. */
export type ColdVerdicts = ReadonlyMap<string, Verdict>;

/** No guest of a run has a number as high. */
const NUMBER = 99_999;

/** Decides each call about a guest of each kind, two at a time, by a script that knows of no service. */
export async function coldVerdicts(calls: HookCalls, tag: string): Promise<ColdVerdicts> {
  const guests = KINDS.map((kind) => guestOf(kind, NUMBER, tag));
  const verdicts = new Map<string, Omit<Verdict, "log">>();
  const queue = guests.values();
  const worker = async () => {
    for (const guest of queue) {
      await startAndEnd(guest, async (operation) => {
        const { ms: _, ...verdict } = await calls.call(guest, operation);
        verdicts.set(callKey(guest.name, operation), verdict);
        return verdict.status;
      });
    }
  };
  await Promise.all([worker(), worker()]);
  const logged = calls.logged(guests);
  return new Map(
    guests.flatMap(({ name, kind }) =>
      OPERATIONS.flatMap((operation) => {
        const verdict = verdicts.get(callKey(name, operation));
        const log = logged.get(callKey(name, operation)) ?? [];
        return verdict === undefined ? [] : [[verdictKey(kind, operation), { ...verdict, log }] as const];
      }),
    ),
  );
}

const OPERATIONS: readonly Operation[] = ["migrate", "prepare", "start", "started", "stopped", "release"];

/** Names what is decided alike. */
export function verdictKey(kind: Kind, operation: Operation): string {
  return `${kind} ${operation}`;
}
