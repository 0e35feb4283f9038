/** What `import … from "virt-warden"` is in a policy; its types are in `typings/`. */
import type * as api from "../typings/index.d.ts";

export { backingChain } from "./helpers/backing-chain.ts";
export { bytes } from "./helpers/bytes.ts";
export { cpuset } from "./helpers/cpuset.ts";
export { devices } from "./helpers/devices.ts";
export { diskSource } from "./helpers/disk-source.ts";
export { images } from "./helpers/images.ts";
export { inIpRange } from "./helpers/in-ip-range.ts";
export { isIp } from "./helpers/is-ip.ts";
export { isMac } from "./helpers/is-mac.ts";
export { macHasPrefix } from "./helpers/mac-has-prefix.ts";
export { pciAddress } from "./helpers/pci-address.ts";
export { sameMac } from "./helpers/same-mac.ts";

export const definePolicy: typeof api.definePolicy = (policy) => policy;
