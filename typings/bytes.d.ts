/** A scaled size as the model has it: `<memory unit='KiB'>`, `<currentMemory>`, and their like. */
export interface ScaledSize {
  readonly value: number | string;
  readonly unit?: string;
}

/**
 * Converts a scaled size to bytes.
 *
 * @param size An element with a unit and a value, such as `domain.memory`.
 * @returns The size in bytes.
 * @throws RangeError when the size is not a whole number that a JavaScript number holds exactly, or its unit is unknown.
 * @see https://libvirt.org/formatdomain.html#memory-allocation
 */
export declare function bytes(size: ScaledSize): number;
