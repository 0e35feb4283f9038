import { guest, judge, settingsRefused, test } from "virt-warden/test";
import policy from "./allowed-shared-memory.ts";

/** A guest with shared memory of this name. */
const sharing = (name: string, more = "") =>
  guest(`<devices><shmem name='${name}'><model type='ivshmem-plain'/>${more}</shmem></devices>`);

test("a guest without shared memory is allowed", () => {
  judge(policy, guest()).allowed();
});

test("shared memory is denied unless it is listed", () => {
  judge(policy, sharing("cluster")).denied({
    reason: "shared memory cluster is not allowed",
    at: "devices/shmem[1]/@name",
  });
  judge(policy, sharing("cluster"), { settings: { names: ["cluster"] } }).allowed();
  judge(policy, sharing("cluster2"), { settings: { names: ["cluster"] }, event: "qemu/migrate" }).denied("cluster2");
});

test("a server's socket is libvirt's choice, or listed", () => {
  const names = ["cluster"];
  judge(policy, sharing("cluster", "<server/>"), { settings: { names } }).allowed();
  const document = sharing("cluster", "<server path='/tmp/shmem.sock'/>");
  judge(policy, document, { settings: { names } }).denied({
    reason: "the server /tmp/shmem.sock is not allowed; leave its path to libvirt",
    at: "devices/shmem[1]/server/@path",
  });
  judge(policy, document, { settings: { names, servers: ["/tmp/shmem.sock"] } }).allowed();
});

test("a server that is no absolute path is refused", () => {
  settingsRefused(policy, { servers: ["shmem.sock"] }, "settings.servers[0]: must be an absolute path");
});
