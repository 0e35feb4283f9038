import type * as api from "../../typings/helpers.d.ts";
import type { Storage } from "./storage.ts";

export const images: typeof api.images = ({ devices, os }) => {
  const disks: readonly Storage[] = (devices?.disk ?? []) as readonly Storage[];
  const found = disks.map((image, index) => ({ image, at: `devices/disk[${index + 1}]` }));
  const nvram = os?.nvram as Storage | undefined;
  // without a type it is a path and no image
  if (nvram?.type !== undefined) found.push({ image: nvram, at: "os/nvram" });
  // it grows on the way
  for (const { image, at } of found) {
    const { backingStore, mirror, source } = image;
    // a backing store without a type ends the chain
    if (backingStore?.type !== undefined) found.push({ image: backingStore, at: `${at}/backingStore` });
    if (mirror !== undefined) found.push({ image: mirror, at: `${at}/mirror` });
    if (source?.dataStore !== undefined) found.push({ image: source.dataStore, at: `${at}/source/dataStore` });
  }
  return found as api.Image[];
};
