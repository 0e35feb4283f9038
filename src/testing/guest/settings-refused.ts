import type * as api from "../../../typings/test.d.ts";
import { assert } from "./assertion-error.ts";
import { ask } from "./bridge.ts";
import { shown } from "./equal.ts";
import { matches } from "./expected.ts";

export const settingsRefused: typeof api.settingsRefused = (policy, settings, expected) => {
  const why = ask<string | undefined>({ ask: "settings", policy: policy.name, settings });
  const wanted =
    expected === undefined ? "" : ` with ${expected instanceof RegExp ? expected : JSON.stringify(expected)}`;
  assert(
    why !== undefined && (expected === undefined || matches(why, expected)),
    () => `expected ${shown(settings)} to be refused${wanted}, but ${why === undefined ? "the schema takes it" : why}`,
  );
};
