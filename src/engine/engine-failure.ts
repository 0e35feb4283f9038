import type { DocumentErrorCode } from "../xml/document-error.ts";

/** Why the engine could not decide, for programs. */
export type EngineFailureCode =
  | DocumentErrorCode
  | "usage"
  | "unknown-hook"
  | "unknown-operation"
  | "bundle"
  | "deadline"
  | "unreadable"
  | "state"
  | "evaluator";

/** virt-warden itself could not decide: status 3. A policy's own faults are never this. */
export class EngineFailure extends Error {
  override readonly name = "EngineFailure";
  readonly code: EngineFailureCode;

  constructor(code: EngineFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}
