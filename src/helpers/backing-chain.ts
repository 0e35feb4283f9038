import type { DomainDiskBackingStore } from "../../typings/domain.d.ts";
import type * as api from "../../typings/helpers.d.ts";
import type { Storage } from "./storage.ts";

export const backingChain: typeof api.backingChain = (disk) => {
  const chain: Storage[] = [];
  let store = (disk as Storage).backingStore;
  // one without a type ends the chain
  while (store?.type !== undefined) {
    chain.push(store);
    store = store.backingStore;
  }
  return chain as DomainDiskBackingStore[];
};
