/** `page.css`, made small by `scripts/build.ts`. */
declare module "virt-warden:report-style" {
  const text: string;
  export default text;
}

/** `browser/main.ts`, bundled by `scripts/build.ts` into one script. */
declare module "virt-warden:report-script" {
  const text: string;
  export default text;
}
