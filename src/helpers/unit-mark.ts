/** Where a size has its element's default unit, if that is not KiB; the sandbox marks the model with it. */
export const UNIT_MARK: unique symbol = Symbol.for("virt-warden.unit");

/** The unit of most elements that name none. */
export const USUAL_UNIT = "KiB";
