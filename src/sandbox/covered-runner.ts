import type { CoverageRecorder } from "./coverage-recorder.ts";
import type { Call, CallResult } from "./isolate.ts";
import { PolicyRunner } from "./runner.ts";

/** Runs policies as {@link PolicyRunner} does, then each call once more to count what of the policy's code ran. */
export class CoveredRunner extends PolicyRunner {
  readonly #recorder: CoverageRecorder;

  constructor(recorder: CoverageRecorder, ...options: ConstructorParameters<typeof PolicyRunner>) {
    super(...options);
    this.#recorder = recorder;
  }

  /** What exhausts memory is not run again: V8's counts would not survive it. */
  override async run(name: string, call: Omit<Call, "time">): Promise<CallResult> {
    const result = await super.run(name, call);
    if (result.ok || result.kind === "timeout") await this.#recorder.record(name, call);
    return result;
  }
}
