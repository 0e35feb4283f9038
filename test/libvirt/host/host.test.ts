import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { processesWith } from "../../support/process.ts";
import { leftBehind } from "../run/left-behind.ts";
import { surroundings } from "../run/surroundings.ts";
import { missingForLibvirt } from "./requirements.ts";
import { runProgram } from "./run-program.ts";
import { startHost } from "./start-host.ts";
import { waitUntil } from "./wait-until.ts";

const LONELY_HOST = fileURLToPath(new URL("lonely-host.ts", import.meta.url));
const FILES_OF_A_GUEST = [
  "/etc/libvirt/qemu/hidden.xml",
  "/run/libvirt/qemu/hidden.xml",
  "/var/log/libvirt/qemu/hidden.log",
];

describe("a private libvirt host", { skip: missingForLibvirt(), timeout: 120_000 }, () => {
  it("leaves the machine's libvirt, host name, mounts and network alone, and nothing behind when it has stopped", async () => {
    const machineName = hostname();
    const before = surroundings(process.pid);
    const host = await startHost({ hostname: "private" });
    try {
      await host.startNetwork("hidden", "<network><name>hidden</name><bridge name='br-hidden'/></network>");
      await host.defineGuest("hidden");
      assert.equal((await host.virsh("start", "hidden")).status, 0);
      assert.equal((await host.virsh("hostname")).stdout.trim(), "private");
      for (const file of FILES_OF_A_GUEST) {
        assert.ok(existsSync(host.at(file)), file);
        assert.ok(!existsSync(file), file);
      }
      assert.equal(hostname(), machineName);
      assert.doesNotMatch(readFileSync("/proc/self/mountinfo", "utf8"), /virt-warden-host-/);
      assert.doesNotMatch((await runProgram("ip", ["-o", "link"])).stdout, /br-hidden/);
    } finally {
      await host.stop();
    }
    const name = basename(dirname(host.at("/")));
    const isOurs = (line: string) => !/^(file|control group) /.test(line) || line.includes(name);
    assert.deepEqual(await leftBehind(before, process.pid, isOurs), []);
    assert.equal(existsSync(dirname(host.at("/"))), false);
  });

  it("ends with the process that started it, even by SIGKILL", async () => {
    const guest = `guest-${randomUUID()}`;
    // as libvirt names it to QEMU
    const word = `guest=${guest},debug-threads=on`;
    const owner = spawn(process.execPath, [LONELY_HOST, guest], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(owner.stdout.setEncoding("utf8"), "data")) as [string];
    const folder = dirname(line.trim());
    try {
      assert.ok(existsSync(folder), line);
      assert.equal(processesWith(word).length, 1);
      assert.notDeepEqual(processesWith(folder), []);
    } finally {
      owner.kill("SIGKILL");
    }
    await waitUntil("the guest's end", () => processesWith(word).length === 0, 20_000);
    await waitUntil("the host's end", () => processesWith(folder).length === 0, 20_000);
    rmSync(folder, { recursive: true });
  });
});
