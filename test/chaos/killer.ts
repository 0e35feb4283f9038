import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../soak/random.ts";
import { commandLine, readFile } from "../support/process.ts";
import { type ServiceRole, serviceProcesses } from "../support/service-processes.ts";

/** Who is killed. */
export type Victim = Exclude<ServiceRole, "keeper"> | "client";

/** How many of a hundred kills hit whom. */
const SHARES: Readonly<Record<Victim, number>> = { client: 40, evaluator: 30, wall: 12, listener: 10, supervisor: 8 };

/** The programs that ask a service for a script. */
const CLIENTS = ["perl", "nc", "nc.openbsd", "ncat", "socat", "socat1"];

/** How long it waits between two kills, in milliseconds. */
const PAUSE = { least: 50, most: 800 };

/** How many calls end between two kills at least: on a busy machine the service would else never be back. */
const CALLS = { least: 1, most: 8 };

/** How long a victim is looked for: a client lives for some milliseconds. */
const PATIENCE = 250;

/** Kills the parts of a service, and those who ask it, by SIGKILL at random moments. */
export class Killer {
  readonly #random: Random;
  readonly #keeper: number;
  readonly #socket: string;
  readonly #kills = new Map<Victim, number>();
  /** How many calls are still to end before the next kill. */
  #coming = 0;

  /**
   * @param keeper The id of the service's first process, which is spared.
   * @param socket Where it listens, which its clients have among their words.
   */
  constructor(random: Random, keeper: number, socket: string) {
    this.#random = random;
    this.#keeper = keeper;
    this.#socket = socket;
  }

  /** How many of each were killed. */
  get kills(): ReadonlyMap<Victim, number> {
    return this.#kills;
  }

  /** Is told that a call has ended. */
  ended(): void {
    this.#coming -= 1;
  }

  /** Kills until it is told to end. */
  async run(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      this.#coming = this.#between(CALLS);
      await sleep(this.#between(PAUSE));
      while (this.#coming > 0 && !isOver()) await sleep(5);
      const share = this.#random.below(100);
      const chance = this.#random.below(1 << 16);
      await this.#kill(victimAt(share), chance, isOver);
    }
  }

  #between({ least, most }: { readonly least: number; readonly most: number }): number {
    return least + this.#random.below(most - least + 1);
  }

  async #kill(victim: Victim, chance: number, isOver: () => boolean): Promise<void> {
    for (const end = performance.now() + PATIENCE; performance.now() < end && !isOver(); await sleep(1)) {
      const found = this.#find(victim);
      const pid = found[chance % Math.max(1, found.length)];
      if (pid === undefined) continue;
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // it ended by itself
        continue;
      }
      this.#kills.set(victim, (this.#kills.get(victim) ?? 0) + 1);
      return;
    }
  }

  #find(victim: Victim): number[] {
    if (victim === "client") return processes().filter((pid) => isClient(pid, this.#socket));
    return serviceProcesses(this.#keeper)
      .filter(({ role }) => role === victim)
      .map(({ pid }) => pid);
  }
}

function victimAt(share: number): Victim {
  let sum = 0;
  for (const [victim, part] of Object.entries(SHARES) as [Victim, number][]) {
    sum += part;
    if (share < sum) return victim;
  }
  throw new Error(`Cannot choose a victim: the shares come to ${sum} and not to 100`);
}

function isClient(pid: number, socket: string): boolean {
  return CLIENTS.includes(readFile(pid, "comm").trim()) && commandLine(pid).some((word) => word.includes(socket));
}

/** All processes of this namespace. */
export function processes(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
