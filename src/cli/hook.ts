import type { Command } from "commander";

/** Documents `hook`. The launcher itself reads a hook's words: they are never options, whatever they look like. */
export function registerHook(program: Command): void {
  program
    .command("hook")
    .description("judge a call of libvirt's hook; the document is on stdin, the answer is the exit status")
    .usage("[--bundle DIR | --config FILE]\n                        HOOK OBJECT OPERATION SUBOPERATION EXTRA")
    .addHelpText(
      "after",
      `
  --bundle DIR   the bundle that virt-warden build wrote (default:
                 "/var/lib/virt-warden/bundle")
  --config FILE  build from a configuration, in memory, outside the deadline

Exit status: 0 allowed; 1 denied by a policy; 2 refused, since a policy failed;
3 refused, since virt-warden failed; 64 wrong usage. At events that admit no
guest, such as started and reconnect, it is 0, or 1 for a denial of a policy
that says whenRunning: "kill". Where libvirt takes a new document (at migrate
and restore), stdout holds one if a policy rewrote it, else nothing.

Example:
  virt-warden hook qemu web1 prepare begin - < web1.xml; echo $?`,
    );
}
