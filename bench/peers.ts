import { join } from "node:path";
import { productRoot } from "../src/product.ts";
import { LAUNCHER, NODE, type Site } from "./lab.ts";
import type { Command } from "./measure.ts";
import type { Stdin } from "./stdin.ts";

/** What libvirt gives its qemu hook when it is to prepare a guest: OBJECT OPERATION SUBOPERATION EXTRA. */
export const PREPARE = ["web1", "prepare", "begin", "-"] as const;

const peer = (name: string): string => join(productRoot, "bench/peers", name);

/** sh with one xmllint check. */
export const XMLLINT: string = peer("xmllint-hook.sh");

/** python3 with lxml. */
export const LXML: string = peer("lxml-hook.py");

const AT_ONCE = peer("at-once.sh");

/** Starts one for each document. */
export const ONE_BY_ONE: string = peer("one-by-one.sh");

/** A hook's script with a document. */
export function hookOf(name: string, script: string, input: string): Command {
  return { name, words: [script, ...PREPARE], input };
}

/** A hook's script so many times at once, until the last has ended. */
export function hooksAtOnce(name: string, script: string, count: number, input: string, { names }: Stdin): Command {
  return { name, words: [AT_ONCE, String(count), names, script, ...PREPARE], input, readers: count };
}

/** `virt-warden hook` itself, which asks no warm evaluator. */
export function launcherOf(name: string, { bundle }: Site, input: string): Command {
  return { name, words: [LAUNCHER, "hook", "--bundle", bundle, "qemu", ...PREPARE], input };
}

/** What nobody who starts Node in a wall without JIT can do without. */
export function emptyNode(name: string, emptyFile: string): Command {
  return { name, words: [NODE, "--no-node-snapshot", "--jitless", emptyFile] };
}
