import { DEFAULT_UNITS, IMAGE_UNITS } from "./default-units.ts";
import { type Marks, type SizePath, visit, visitImages } from "./guest/mark-units.ts";

/** Where a guest's disks are in its model. */
const DISKS = ["devices", "disk"];

/** What is to be marked in a guest's model; undefined for nothing, as in nearly all. */
export function marksIn(domain: unknown): Marks | undefined {
  const sizes = DEFAULT_UNITS.filter(([path]) => isThere(domain, path));
  const found = new Set<SizePath>();
  visitImages(domain, DISKS, (image) => {
    for (const size of IMAGE_UNITS) if (!found.has(size) && isThere(image, size[0])) found.add(size);
  });
  return marks({ sizes, disks: DISKS, imageSizes: [...found] });
}

/** What is to be marked below a member of what marks are about. */
export function marksBelow({ sizes, disks, imageSizes }: Marks, key: string): Marks | undefined {
  return marks({
    sizes: sizes.flatMap(([[first, ...path], unit]): SizePath[] => (first === key ? [[path, unit]] : [])),
    ...(disks?.[0] === key ? { disks: disks.slice(1) } : {}),
    imageSizes,
  });
}

function marks({ sizes, disks, imageSizes }: Marks): Marks | undefined {
  if (disks !== undefined && imageSizes.length > 0) return { sizes, disks, imageSizes };
  return sizes.length > 0 ? { sizes, imageSizes: [] } : undefined;
}

function isThere(part: unknown, path: readonly string[]): boolean {
  let isFound = false;
  visit(part, path, () => {
    isFound = true;
  });
  return isFound;
}
