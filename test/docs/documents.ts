import { chmodSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { productRoot } from "../../src/product.ts";
import { runProgram } from "../libvirt/host/run-program.ts";
import { startHost } from "../libvirt/host/start-host.ts";
import { makeFolder } from "../support/folder.ts";
import { scriptOf, shownBy } from "./session.ts";
import { readSteps, type Step } from "./steps.ts";

/** Documents whose consoles are real: where each is typed in. */
export const DOCUMENTS: Readonly<Record<string, "folder" | "host">> = {
  "README.md": "folder",
  "docs/writing-policies.md": "folder",
  "docs/tutorial.md": "host",
};

/** What stands for systemd on a private host: `systemctl reload libvirtd`. */
const SYSTEMCTL = `#!/bin/sh
[ "$*" = "reload libvirtd" ] && exec pkill -HUP -x libvirtd
`;

/** Folders of virt-warden's own that a private host shares with the machine. */
const OWN_FOLDERS = ["/etc/virt-warden", "/var/lib/virt-warden"];

/** A document's text. */
export function readDocument(file: string): string {
  return readFileSync(join(productRoot, file), "utf8");
}

/** Does what a document says, without a network, and gives what each of its commands showed. */
export async function runDocument(file: string): Promise<readonly string[]> {
  const steps = readSteps(readDocument(file));
  if (DOCUMENTS[file] === "host") return onHost(steps);
  const folder = await makeFolder();
  const script = `PATH=${productRoot}/bin:$PATH\ncd '${folder}'\n${scriptOf(steps)}`;
  const isRoot = process.getuid?.() === 0;
  const words = ["bash", "-c", script];
  const { stdout } = await runProgram(isRoot ? "unshare" : "bash", isRoot ? ["--net", ...words] : words.slice(1));
  return shownBy(stdout);
}

async function onHost(steps: readonly Step[]): Promise<readonly string[]> {
  const folder = await makeFolder();
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "home"));
  writeFileSync(join(folder, "bin/systemctl"), SYSTEMCTL, { mode: 0o755 });
  const made = OWN_FOLDERS.filter((own) => !existsSync(own));
  for (const own of made) mkdirSync(own, { recursive: true });
  try {
    await using host = await startHost({ hostname: "host1" });
    const mounts = OWN_FOLDERS.map((own) => `mount -t tmpfs -o mode=755 own ${own}`).join("\n");
    const head = `set -e\n${mounts}\nmkdir -p /run/systemd/system\nset +e\nPATH=${folder}/bin:${productRoot}/bin:$PATH\ncd ${folder}/home`;
    const { stdout } = await host.run("bash", "-c", `${head}\n${scriptOf(steps)}`);
    return shownBy(stdout);
  } finally {
    for (const own of made) rmdirSync(own);
  }
}
