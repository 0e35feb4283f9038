import { readFileSync } from "node:fs";
import { apiPage } from "./api-page.ts";
import { bashCompletion } from "./bash-completion.ts";
import { readCommands } from "./commands.ts";
import { commandsPage } from "./commands-page.ts";
import { fishCompletion } from "./fish-completion.ts";
import { manPage } from "./man-page.ts";
import { zshCompletion } from "./zsh-completion.ts";

/** A generated file: its path in the checkout, and what it holds. */
export interface Output {
  readonly file: string;
  readonly text: string;
}

/** All files that are made from the commands and the typings. */
export async function outputs(): Promise<readonly Output[]> {
  const commands = await readCommands();
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return [
    { file: "docs/commands.md", text: commandsPage(commands) },
    { file: "docs/api.md", text: apiPage() },
    { file: "man/virt-warden.1", text: manPage(commands, version) },
    { file: "completions/virt-warden.bash", text: bashCompletion(commands) },
    { file: "completions/_virt-warden", text: zshCompletion(commands) },
    { file: "completions/virt-warden.fish", text: fishCompletion(commands) },
  ];
}
