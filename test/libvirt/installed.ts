import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { productRoot } from "../../src/product.ts";
import type { Host } from "./host/host.ts";
import type { Ended } from "./host/run-program.ts";
import { waitUntil } from "./host/wait-until.ts";
import { serveIfWarm } from "./served.ts";
import { LAUNCHER, type Warden } from "./warden.ts";

/** Where the installed `daemon` hook says when libvirtd last looked for hooks. */
const STAMP = "/run/virt-warden/daemons/libvirtd";

/** How often libvirtd is asked again: it ignores a reload while its drivers are being made ready. */
const AGAIN = 2000;

/** Where a host has a product of its own, see {@link addProduct}. */
const PRODUCT = "/run/product";

/** Gives a host a product of its own, which can be taken away. Read-only: nothing there can change the real one. */
export async function addProduct(host: Host): Promise<string> {
  const mount = `mkdir -p ${PRODUCT} && mount -o bind,ro "$0" ${PRODUCT}`;
  const { status, stderr } = await host.run("sh", "-c", mount, productRoot);
  assert.equal(status, 0, stderr);
  return `${PRODUCT}/bin/virt-warden`;
}

/** Takes a host's product away. */
export async function removeProduct(host: Host): Promise<void> {
  const { status, stderr } = await host.run("umount", "--lazy", PRODUCT);
  assert.equal(status, 0, stderr);
}

/** Runs `virt-warden install` inside a host. */
export function install(host: Host, bundle: string, launcher = LAUNCHER): Promise<Ended> {
  return host.run(launcher, "install", "--bundle", bundle);
}

/**
 * Installs a warden's hooks on a host as an administrator does, and has the running daemon look for them. Where the
 * scenarios are run with a warm evaluator, the host gets one.
 */
export async function putOn(host: Host, warden: Warden, launcher = LAUNCHER): Promise<void> {
  const { status, stdout, stderr } = await install(host, warden.bundle, launcher);
  assert.equal(status, 0, stdout + stderr);
  await serveIfWarm(host, warden, launcher);
  await reload(host);
}

/** Has a host's daemon look for hooks, and waits until the installed `daemon` hook says that it did. */
export async function reload(host: Host): Promise<void> {
  rmSync(host.at(STAMP), { force: true });
  let asked = Number.NEGATIVE_INFINITY;
  await waitUntil("libvirtd's reload", async () => {
    if (performance.now() - asked > AGAIN) {
      asked = performance.now();
      await host.reloadDaemon();
    }
    return stampOf(host).startsWith("reload ");
  });
}

/** What the installed `daemon` hook noted last: `start PID` or `reload PID`; empty where it noted nothing. */
export function stampOf(host: Host): string {
  try {
    return readFileSync(host.at(STAMP), "utf8");
  } catch {
    return "";
  }
}
