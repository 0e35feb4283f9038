import { closeSync, mkdtempSync, openSync, rmdirSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { spoolFolder } from "./spool-folder.ts";

/** A file without a name, which another process reads through its descriptor; nothing of it stays behind. */
export class AnonymousFile implements Disposable {
  readonly descriptor: number;

  /** @throws Error of the file system where no folder takes it. */
  constructor(bytes: Uint8Array) {
    const folder = mkdtempSync(join(spoolFolder(), "virt-warden-"));
    const path = join(folder, "file");
    this.descriptor = openSync(path, "wx+", 0o600);
    unlinkSync(path);
    rmdirSync(folder);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.descriptor, bytes, written);
  }

  [Symbol.dispose](): void {
    closeSync(this.descriptor);
  }
}
