/** What the supervisor tells the listener; an evaluator comes with its socket. */
export type ToListener =
  | {
      readonly type: "bundle";
      /** Counts the bundles of a supervisor; evaluators name the one that they hold. */
      readonly generation: number;
      readonly digest: string;
      readonly manifestText: string;
      /** `policies.js` in base64. */
      readonly code: string;
      /** Layers of the wall that this host cannot give. */
      readonly skippedLayers: readonly string[];
      /** After how many decisions an evaluator is replaced. */
      readonly decisions: number;
    }
  | {
      readonly type: "evaluator";
      readonly id: number;
      readonly generation: number;
      /** Whether it is to make some decisions before it is ready. */
      readonly isWarmedUp: boolean;
    }
  | {
      readonly type: "looked";
      /** What was asked for. */
      readonly digest: string;
      /** Whether a bundle with that digest is being loaded. */
      readonly isLoading: boolean;
    }
  /** Whether nothing is decided here for now, so that whoever asks decides itself. */
  | { readonly type: "pause"; readonly isPaused: boolean }
  /** A bundle is not to decide after all, or not any more. */
  | { readonly type: "drop"; readonly generation: number }
  | { readonly type: "stop" };

/** What the listener tells the supervisor. */
export type FromListener =
  | { readonly type: "up" }
  /** The listener has an evaluator's channel. */
  | { readonly type: "taken"; readonly id: number }
  /** An evaluator can decide. */
  | { readonly type: "ready"; readonly id: number }
  /** An evaluator is of no use any more; the supervisor ends its process. */
  | { readonly type: "used"; readonly id: number; readonly reason: string; readonly wasWarmingUp: boolean }
  /** Decisions are by this bundle from now on. */
  | { readonly type: "serving"; readonly generation: number }
  /** Somebody asked for a bundle with another digest. */
  | { readonly type: "look"; readonly digest: string }
  | { readonly type: "stopped" };
