/** What `import … from "virt-warden"` is in a policy; its types are in `typings/`. */
import type * as api from "../typings/index.d.ts";

export const definePolicy: typeof api.definePolicy = (policy) => policy;
