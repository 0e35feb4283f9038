import { UNIT_MARK } from "../../helpers/unit-mark.ts";

/** Sizes below some part of a guest's model whose default unit is not KiB: their path, and that unit. */
export type SizePath = readonly [path: readonly string[], unit: string];

/** The sizes to mark in a part of a guest's model. */
export interface Marks {
  readonly sizes: readonly SizePath[];
  /** The path to disks, where sizes of their images are to be marked. */
  readonly disks?: readonly string[];
  /** The sizes of each image. */
  readonly imageSizes: readonly SizePath[];
}

/** Where a disk, and each of these in turn, has further images. */
const IMAGES: readonly (readonly string[])[] = [["backingStore"], ["mirror"], ["source", "dataStore"]];

const { defineProperty } = Object;
const { isArray } = Array;

/**
 * Marks sizes for the helper `bytes`: as JSON they have lost which element they are. The mark is a symbol, so that only
 * who asks for it sees it, and enumerable, so that a copy keeps it. A part is marked when it is first read: by then the
 * policy's code may have replaced whatever a method or an iterator would be looked up in.
 */
export function markUnits(part: unknown, { sizes, disks, imageSizes }: Marks): void {
  markEach(part, sizes);
  if (disks !== undefined) visitImages(part, disks, (image) => markEach(image, imageSizes));
}

/** Calls back with the parts at a path, each of a list's. */
export function visit(part: unknown, path: readonly string[], found: (part: object) => void, from = 0): void {
  if (typeof part !== "object" || part === null) return;
  if (isArray(part)) {
    for (let index = 0; index < part.length; index += 1) visit(part[index], path, found, from);
  } else if (from === path.length) found(part);
  else visit((part as Readonly<Record<string, unknown>>)[path[from] as string], path, found, from + 1);
}

/** Calls back with each disk at a path, and each of its images. */
export function visitImages(part: unknown, disks: readonly string[], found: (image: object) => void): void {
  // a list, not calls in calls: chains may be as long as documents are
  let waiting: Waiting | undefined;
  const wait = (image: object): void => {
    waiting = { image, next: waiting };
  };
  visit(part, disks, wait);
  while (waiting !== undefined) {
    const { image }: Waiting = waiting;
    waiting = waiting.next;
    found(image);
    for (let index = 0; index < IMAGES.length; index += 1) visit(image, IMAGES[index] as readonly string[], wait);
  }
}

interface Waiting {
  readonly image: object;
  readonly next: Waiting | undefined;
}

function markEach(part: unknown, sizes: readonly SizePath[]): void {
  for (let index = 0; index < sizes.length; index += 1) {
    const { 0: path, 1: unit } = sizes[index] as SizePath;
    visit(part, path, (size) =>
      defineProperty(size, UNIT_MARK, { __proto__: null, value: unit, enumerable: true } as object),
    );
  }
}
