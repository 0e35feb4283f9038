import { existsSync } from "node:fs";
import { DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { DEFAULT_CONFIGURATION } from "../config/configuration.ts";
import { DEFAULT_HOOKS_DIR } from "../install/places.ts";
import { DEFAULT_SOCKET } from "../service/places.ts";
import type { Places } from "./places.ts";
import { shellWord } from "./shell-word.ts";

/** Puts the scripts in place anew, with the warm evaluator's socket that they name. */
export function installCommand(
  { hooksDir, bundle }: Pick<Places, "hooksDir" | "bundle">,
  socket: string = DEFAULT_SOCKET,
): string {
  return command("virt-warden install", [
    ["--hooks-dir", hooksDir, DEFAULT_HOOKS_DIR],
    ["--bundle", bundle, DEFAULT_BUNDLE],
    ["--socket", socket, DEFAULT_SOCKET],
  ]);
}

/** Starts a warm evaluator, where systemd keeps it and where it does not. */
export function serveCommand({ bundle, systemd }: Pick<Places, "bundle" | "systemd">, socket: string): string {
  const isStandard = socket === DEFAULT_SOCKET && bundle === DEFAULT_BUNDLE;
  if (isStandard && existsSync(systemd)) {
    return "systemctl enable --now virt-warden.socket virt-warden.service (virt-warden serve --help says where from)";
  }
  return command("virt-warden serve", [
    ["--bundle", bundle, DEFAULT_BUNDLE],
    ["--socket", socket, DEFAULT_SOCKET],
  ]);
}

/** Puts a bundle in force anew. */
export function buildCommand({ config, bundle }: Pick<Places, "config" | "bundle">): string {
  return command("virt-warden build", [
    ["--config", config, DEFAULT_CONFIGURATION],
    ["--out", bundle, DEFAULT_BUNDLE],
  ]);
}

/** Has policies decide by their own modes again. */
export function endBreakGlassCommand({ bundle }: Pick<Places, "bundle">): string {
  return command("virt-warden break-glass --end", [["--bundle", bundle, DEFAULT_BUNDLE]]);
}

/** Checks the host again. */
export function doctorCommand({ hooksDir, bundle }: Pick<Places, "hooksDir" | "bundle">): string {
  return command("virt-warden doctor", [
    ["--hooks-dir", hooksDir, DEFAULT_HOOKS_DIR],
    ["--bundle", bundle, DEFAULT_BUNDLE],
  ]);
}

/** Has nobody but root change a file or folder of root's. */
export function claimCommand(path: string): string {
  const word = shellWord(path);
  return `chown root:root ${word}; chmod go-w ${word}`;
}

/** Leaves defaults out. */
function command(words: string, options: readonly (readonly [string, string, string])[]): string {
  const given = options.filter(([, value, standard]) => value !== standard);
  return [words, ...given.map(([option, value]) => `${option} ${shellWord(value)}`)].join(" ");
}
