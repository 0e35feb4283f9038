/** `guest/runtime.ts`, bundled by `scripts/build.ts` into one expression whose value is the runtime's `enter`. */
declare module "virt-warden:guest-runtime" {
  const code: string;
  export default code;
}

/** `guest/harden.ts`, likewise: an expression whose value is `harden`. */
declare module "virt-warden:guest-harden" {
  const code: string;
  export default code;
}

/** `../testing/guest/enter.ts`, likewise: an expression whose value is `enter`. */
declare module "virt-warden:guest-tests" {
  const code: string;
  export default code;
}
