import { sizeOfRest, textsOf } from "./frame.ts";

/** Puts frames together from the pieces in which a stream gives them. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #length = 0;

  /**
   * Takes a piece.
   *
   * @returns The texts of each frame that it completes.
   * @throws {RangeError} for what is no frame.
   */
  take(piece: Buffer): string[][] {
    this.#pieces.push(piece);
    this.#length += piece.length;
    const frames: string[][] = [];
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): string[] | undefined {
    if (this.#length < 4) return undefined;
    const end = 4 + sizeOfRest(this.#joined(4));
    if (this.#length < end) return undefined;
    const all = this.#joined(end);
    const left = all.subarray(end);
    this.#pieces = left.length === 0 ? [] : [left];
    this.#length = left.length;
    return textsOf(all.subarray(4, end));
  }

  /** The first piece, with as many others joined to it as so many bytes take: each byte of a long frame moves but once. */
  #joined(size: number): Buffer {
    const [first] = this.#pieces;
    if (first !== undefined && first.length >= size) return first;
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }
}
