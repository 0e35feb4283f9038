// Has V8 hand out the functions, objects and files of the stack below.
// Outcome: allowed

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "call-sites",
  check({ deny }) {
    Reflect.set(Error, "prepareStackTrace", (_, sites) => sites);
    Reflect.defineProperty(Error, "prepareStackTrace", { value: (_, sites) => sites });
    const sites = new Error("x").stack;
    for (const site of Array.isArray(sites) ? sites : []) {
      for (const value of [site.getThis(), site.getFunction()]) {
        const isOwn =
          value === undefined || value === globalThis || /call-sites|prepareStackTrace/.test(`${value?.name}${value}`);
        if (!isOwn) deny(`reached ${typeof value} ${String(value).slice(0, 100)}`);
      }
      for (const name of [site.getFileName(), site.getEvalOrigin(), site.getScriptNameOrSourceURL()]) {
        if (/^\/|^[a-z]+:\/\/|^node:|\.(?:cjs|js)$/.test(String(name))) deny(`the stack names ${name}`);
      }
    }
  },
});
