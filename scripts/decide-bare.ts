import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Manifest, ManifestPolicy } from "../src/bundle/manifest.ts";

/** V8's flags and Node's as `bin/wall.sh` gives them: a code cache is of use only with the same. */
export const WALL_FLAGS = ["--no-node-snapshot", "--jitless", "--preserve-symlinks-main"] as const;

const DOCUMENT = "test/corpus/guests/q35-desktop.xml";
const ADDON = `node_modules/isolated-vm/prebuilds/linux-${process.arch}/isolated-vm.abi${process.versions.modules}.glibc.node`;

/** One of each kind of finding. */
const CODE = `var __policy = { default: {
  name: "bare",
  check({ domain, log, warn, deny }) {
    log.info("guest", { name: domain.name });
    warn("a warning");
    deny("a reason", { at: "devices/disk[1]/source" });
  },
} };
`;

/**
 * Runs one decision on a typical guest as the wall's inside does, without the wall.
 *
 * @param program Words after Node's flags: a program that takes the evaluator's place, and its own.
 * @returns The record.
 */
export function decideBare(program: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "virt-warden-bare-"));
  const open: number[] = [];
  const file = (name: string, text: string): number => {
    writeFileSync(join(folder, name), text);
    open.push(openSync(join(folder, name), "r"));
    return open.at(-1) as number;
  };
  try {
    const manifest = JSON.stringify(manifestOf());
    const digest = sha256(manifest);
    const document = file("document", readFileSync(DOCUMENT, "utf8"));
    const [code, text] = [file("code", CODE), file("manifest", manifest)];
    const told = file("told", `${sha256(CODE)}  code\n${digest}  manifest\n`);
    open.push(openSync(ADDON, "r"));
    const addon = open.at(-1) as number;
    const words = [
      "decide",
      digest,
      "1000",
      "shared",
      "",
      "",
      "",
      "",
      "",
      "",
      "-",
      "qemu",
      "web1",
      "prepare",
      "begin",
      "-",
    ];
    const { output, error } = spawnSync(process.execPath, [...WALL_FLAGS, ...program, ...words], {
      env: {},
      stdio: [document, "ignore", "inherit", "pipe", code, text, "ignore", "ignore", addon, told],
      encoding: "utf8",
    });
    if (error !== undefined) throw error;
    return output[3] ?? "";
  } finally {
    for (const descriptor of open) closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
}

function manifestOf(): Manifest {
  const policy: ManifestPolicy = {
    name: "bare",
    on: ["qemu/prepare"],
    needs: [],
    rewrites: false,
    file: "bare.ts",
    offset: 0,
    length: CODE.length,
    mode: "enforce",
    onError: "deny",
    settings: {},
    exempt: [],
  };
  const limits = { time: 1000, memory: 32 * 1024 * 1024, deadline: 10_000 };
  return {
    format: 2,
    policies: [policy],
    limits,
    log: "/nowhere",
    code: { bytes: CODE.length, sha256: sha256(CODE) },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
