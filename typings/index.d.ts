/** All that a policy imports. */
export type { StandardSchemaV1 } from "@standard-schema/spec";
export type * from "./domain.js";
export type * from "./events.js";
export * from "./helpers.js";
export type * from "./network.js";
export * from "./policy.js";
export type * from "./rewrite.js";
export type * from "./xml.js";
