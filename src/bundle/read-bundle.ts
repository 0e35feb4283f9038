import { readFile, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "../user-error.ts";
import type { Bundle } from "./bundle.ts";
import { sha256 } from "./digest.ts";
import { parseLaunch } from "./launch.ts";
import type { Manifest } from "./manifest.ts";
import { otherFormat, readManifest } from "./read-manifest.ts";
import { refuseWritable } from "./refuse-writable.ts";

/**
 * Reads the bundle in force, of format 1 or 2. The link `current` is resolved once, so that all files are of one version.
 *
 * @param dir the bundle's folder.
 * @throws {UserError} when there is none, when others may write to it, when it is damaged, or when its format is another
 * version's.
 */
export async function readBundle(dir: string): Promise<Bundle> {
  const root = resolve(dir);
  const version = await realpath(join(root, "current")).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "there is none: run virt-warden build" : error.message;
    throw bundleError(root, `cannot read the bundle: ${reason}`);
  });
  const files = ["launch", "manifest.json", "policies.js"].map((name) => join(version, name));
  await refuseWritable(resolve(version, "../.."), resolve(version, ".."), version, ...files);
  const launchText = (await read(version, "launch")).toString();
  checkFormat(version, launchText.split("\n", 1)[0] ?? "");
  const launch = parseLaunch(launchText);
  if (launch === undefined) throw damaged(version, "launch");

  const manifestText = (await read(version, "manifest.json")).toString();
  if (sha256(manifestText) !== launch.digest) throw damaged(version, "manifest.json");
  const manifest = manifestOf(version, manifestText);

  const code = await read(version, "policies.js");
  if (code.length !== manifest.code.bytes || sha256(code) !== manifest.code.sha256)
    throw damaged(version, "policies.js");
  return { manifest, code, manifestText, digest: launch.digest, warnings: [] };
}

function checkFormat(version: string, header: string): void {
  const [, format] = /^virt-warden-bundle (\d+)$/.exec(header) ?? [];
  if (format !== undefined && !/^[12]$/.test(format)) throw bundleError(version, otherFormat(format));
}

function manifestOf(version: string, text: string): Manifest {
  try {
    return readManifest(text);
  } catch (error) {
    throw bundleError(version, (error as Error).message);
  }
}

async function read(version: string, name: string): Promise<Buffer> {
  const file = join(version, name);
  try {
    return await readFile(file);
  } catch (error) {
    throw bundleError(file, `cannot read the bundle: ${(error as Error).message}: run virt-warden build again`);
  }
}

function damaged(version: string, name: string): UserError {
  const message = "the bundle is damaged: this file is not what was written: run virt-warden build again";
  return bundleError(join(version, name), message);
}

function bundleError(file: string, message: string): UserError {
  return new UserError([{ file, message }]);
}
