/** `npm start`: the main job without libvirt. Builds the shipped policies, then decides one allowed and one denied guest. */
import { spawnSync } from "node:child_process";

const launcher = "bin/virt-warden";
const bundle = ".demo/bundle";

run(["build", "--config", "policies/virt-warden.yaml", "--out", bundle], 0);
run(["eval", "--bundle", bundle, "policies/samples/allowed.xml"], 0);
run(["eval", "--bundle", bundle, "policies/samples/denied.xml"], 1);

/** Runs a command as a user would, and fails where its exit status is not what the demonstration promises. */
function run(words: readonly string[], expected: number): void {
  console.log(`\n$ virt-warden ${words.join(" ")}`);
  const { status, error } = spawnSync(launcher, words, { stdio: "inherit" });
  if (error !== undefined) throw error;
  if (status === expected) return;
  console.error(`virt-warden ${words[0]} ended with status ${status} instead of ${expected}`);
  process.exit(1);
}
