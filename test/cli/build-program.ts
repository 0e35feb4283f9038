/** The command `build` as a program of its own. */
import { Command } from "commander";
import { registerBuild } from "../../src/cli/build.ts";

const program = new Command("virt-warden");
registerBuild(program);
await program.parseAsync();
