/** All that a policy imports. */
export type { StandardSchemaV1 } from "@standard-schema/spec";
export type * from "./domain.d.ts";
export type * from "./events.d.ts";
export type * from "./network.d.ts";
export * from "./policy.d.ts";
export type * from "./xml.d.ts";
