import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { test } from "node:test";
import { hostFacts } from "../../src/engine/host.ts";

const SOURCE = new URL("../../src/engine/host.ts", import.meta.url).href;

test("the host has its name, its memory, and each CPU that is online", () => {
  const [, memory] = /^MemTotal: +(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8")) ?? [];
  const cpus = readFileSync("/proc/stat", "utf8").match(/^cpu\d+ /gm)?.length;
  assert.deepEqual(hostFacts(), { hostname: hostname(), cpus, memory: Number(memory) * 1024 });
});

test("what a process may use of a host changes nothing of it", () => {
  const script = `const { hostFacts } = await import(${JSON.stringify(SOURCE)}); console.log(JSON.stringify(hostFacts()))`;
  const node = [process.execPath, "--input-type=module", "-e", script];
  const output = execFileSync("taskset", ["-c", "0", "env", "-i", ...node], { encoding: "utf8" });
  assert.deepEqual(JSON.parse(output), hostFacts());
});
