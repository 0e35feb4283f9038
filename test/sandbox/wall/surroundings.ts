import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, chown, copyFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { makeFolder } from "../../support/folder.ts";

/** What lies around the wall, for a probe to reach. */
export interface Surroundings extends AsyncDisposable {
  /** Of a listener on the host's 127.0.0.1. */
  readonly port: number;
  /** A folder that everybody may write to. */
  readonly common: string;
  /** A file's path in `/dev/shm`. */
  readonly memory: string;
  /** Files that only root, root's group and another group may read. */
  readonly owned: string;
  readonly ofRootsGroup: string;
  readonly ofAGroup: { readonly path: string; readonly gid: number };
  /** Copies of `id` and `cat` with the setuid bit. */
  readonly setuid: { readonly id: string; readonly cat: string };
  /** A process of the policies' user. */
  readonly neighbour: number;
}

const GROUP = 64_123;

/** Makes what a probe may try to reach; only root can. */
export async function makeSurroundings(): Promise<Surroundings> {
  const folder = await makeFolder({
    "common/readable": "",
    owned: "only root may read this",
    "roots-group": "root's group may read this",
    "a-group": "a group may read this",
  });
  const at = (name: string): string => join(folder, name);
  for (const name of ["", "common"]) await chmod(at(name), name === "" ? 0o755 : 0o777);
  await chmod(at("owned"), 0o600);
  for (const [name, gid] of [["roots-group", 0] as const, ["a-group", GROUP] as const]) {
    // not even its owner may, so that the group decides
    await chown(at(name), 1, gid);
    await chmod(at(name), 0o040);
  }
  for (const name of ["id", "cat"]) {
    await copyFile(`/usr/bin/${name}`, at(name));
    await chmod(at(name), 0o4755);
  }
  const memory = `/dev/shm/virt-warden-test-${process.pid}`;
  const listener = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const neighbour = startNeighbour();
  return {
    port: (listener.address() as AddressInfo).port,
    common: at("common"),
    memory,
    owned: at("owned"),
    ofRootsGroup: at("roots-group"),
    ofAGroup: { path: at("a-group"), gid: GROUP },
    setuid: { id: at("id"), cat: at("cat") },
    neighbour: neighbour.pid ?? 0,
    async [Symbol.asyncDispose]() {
      neighbour.kill("SIGKILL");
      listener.close();
      await rm(memory, { force: true });
    },
  };
}

function startNeighbour(): ChildProcess {
  const own = /^virt-warden:[^:]*:(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"))?.[1];
  return spawn("sleep", ["600"], { uid: Number(own ?? 64_999), cwd: "/", stdio: "ignore" });
}
