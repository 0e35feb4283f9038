// Looks for the host's paths in the stacks of its own errors, and of those that V8 makes for it.
// Outcome: allowed

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "paths-in-stacks",
  check({ deny }) {
    Error.stackTraceLimit = 200;
    const stacks = [new Error("x").stack, Error.captureStackTrace({}) ?? ""];
    const throwers = [
      () => null.x,
      () => JSON.parse("{"),
      () => new Array(-1),
      () => "x".repeat(-1),
      () => deny.call(),
    ];
    for (const thrower of throwers.slice(0, -1)) {
      try {
        thrower();
      } catch (error) {
        stacks.push(error.stack);
      }
    }
    for (const stack of stacks) {
      if (/\/(?:usr|opt|home|root|srv|var|tmp|proc|work)\/|file:|node:|\.cjs/.test(stack)) deny(`a stack has ${stack}`);
    }
  },
});
