import { hookScript } from "../../src/install/hook-script.ts";

/** The installed script of the hook `qemu`, which asks the service at a socket where one is named. */
export function scriptFor(launcher: string, bundle: string, socket?: string): string {
  return hookScript({ hook: "qemu", launcher, bundle, made: [], ...(socket && { warm: { socket, client: "perl" } }) });
}
