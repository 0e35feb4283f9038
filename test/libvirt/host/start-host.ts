import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Host, makeHost } from "./host.ts";
import { makeHostFiles, removeHostFiles, writeHook } from "./host-files.ts";
import { startNamespace } from "./namespace.ts";

/** How a private host differs from others. */
export interface HostOptions {
  readonly hostname: string;
  /** The scripts in `/etc/libvirt/hooks`, by name: libvirt looks for them only when it starts. */
  readonly hooks?: Readonly<Record<string, string>>;
  /** Whether it can run containers, see `missingForContainers`. */
  readonly containers?: boolean;
}

/**
 * Starts a private libvirt host, in about two seconds.
 *
 * @throws {Error} When the daemon does not answer; its log is the cause.
 */
export async function startHost({ hostname, hooks = {}, containers }: HostOptions): Promise<Host> {
  const files = makeHostFiles(randomUUID());
  try {
    for (const [name, script] of Object.entries(hooks)) writeHook(files, name, script);
    const namespace = await startNamespace(files.folder, hostname, containers);
    try {
      return await makeHost(hostname, files, namespace);
    } catch (error) {
      const log = readFileSync(files.log, "utf8");
      await namespace.end();
      throw new Error(`Cannot start the private host ${hostname}: ${(error as Error).message}`, { cause: log });
    }
  } catch (error) {
    removeHostFiles(files);
    throw error;
  }
}
