import type { Subject } from "./generate.ts";

/** The schema files of each group of documents, by the name of the files that are generated for it. */
export const SCHEMAS: Readonly<Record<string, readonly string[]>> = {
  domain: ["domain.rng"],
  network: ["network.rng", "networkport.rng"],
};

/** How their types are called. */
export const SUBJECTS: Readonly<Record<string, Subject>> = {
  domain: { base: "Domain", types: { domain: "Domain" } },
  network: { base: "Network", types: { network: "Network", networkport: "NetworkPort" } },
};
