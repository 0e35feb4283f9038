/** `reader-thread.ts`, bundled by `scripts/build.ts` into one script: the listener's user may not be able to open a file. */
declare module "virt-warden:reader-thread" {
  const code: string;
  export default code;
}
