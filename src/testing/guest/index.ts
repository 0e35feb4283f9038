/** What `import … from "virt-warden/test"` is in a test; its types are in `typings/test.d.ts`. */
export { changed, guest, network } from "./documents.ts";
export { equal, ok } from "./equal.ts";
export { judge, judgeAll } from "./judge.ts";
export { test, testEach } from "./register.ts";
export { settingsRefused } from "./settings-refused.ts";
