import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { describe, it } from "node:test";
import { missingForLibvirt } from "../host/requirements.ts";
import { waitUntil } from "../host/wait-until.ts";
import { leftBehind } from "./left-behind.ts";
import { newIn, surroundings } from "./surroundings.ts";

describe("what a run leaves behind", { skip: missingForLibvirt() }, () => {
  it("is told while it is there: a process with its namespaces, and a file", async () => {
    const before = surroundings(process.pid);
    const folder = mkdtempSync("/run/virt-warden-left-");
    const child = spawn("unshare", ["--net", "--mount", "sleep", "600.25"]);
    const isOurs = (line: string) => line.includes("600.25") || line.includes(folder) || line.startsWith("namespace");
    try {
      await waitUntil("the namespaces", () =>
        newIn(surroundings(process.pid), before).some((line) => line.includes("net:[")),
      );
      const kinds = newIn(surroundings(process.pid), before)
        .filter(isOurs)
        .map((line) => line.split(/[ :]/, 2).join(" "));
      assert.deepEqual(kinds, [`process ${child.pid}`, "namespace mnt", "namespace net", `file ${folder}`]);
    } finally {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    }
    assert.deepEqual(await leftBehind(before, process.pid, isOurs), []);
  });
});
