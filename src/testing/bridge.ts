import type { Edit } from "../rewrite/edit.ts";

/** What a test asks of the engine, as JSON: nothing but texts crosses into the isolate and out of it. */
export type Question =
  | { readonly ask: "guest"; readonly parts: string; readonly options: Readonly<Record<string, string>> }
  | { readonly ask: "network"; readonly parts: string; readonly port?: string }
  | { readonly ask: "change"; readonly document: string; readonly edits: readonly Edit[] }
  | { readonly ask: "settings"; readonly policy: string; readonly settings: unknown }
  | {
      readonly ask: "judge";
      /** The one policy that judges; all of them without it. */
      readonly policy?: string;
      readonly document: string;
      readonly options: Readonly<Record<string, unknown>>;
    };

/** The engine's answer. */
export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** How one test ended, as the isolate tells it. */
export type TestEnd =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly message: string;
      readonly stack?: string;
      /** Which of the test's verdicts is not as it was expected: its number, from 0. */
      readonly verdict?: number;
      /** Whether nothing more can be run in the isolate. */
      readonly isOver?: true;
    };

/** What stands between a test's code and the host, in the isolate of the tests. */
export interface Bridge {
  /** Asks the engine, and waits. */
  readonly ask: (question: string) => string;
  /** Whether the file is loaded, so that no test can be added. */
  isLoaded: boolean;
  readonly tests: { readonly name: string; readonly run: () => unknown }[];
  /** How many assertions and verdicts the running test has made. */
  asserted: number;
  verdicts: number;
}

/** Where `virt-warden/test` finds the bridge, among the globals. */
export const BRIDGE = "$virtWarden";
