import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./require-idmap.ts";

/** A container with these maps. */
const container = (maps: string) => guest(`<idmap>${maps}</idmap>`, { type: "lxc" });
const uid = (target: number) => `<uid start='0' target='${target}' count='10'/>`;
const gid = (target: number) => `<gid start='0' target='${target}' count='10'/>`;

test("a container whose users and groups are mapped away from the host's own is allowed", () => {
  judge(policy, container(uid(1000) + gid(1000))).allowed();
  judge(policy, container(uid(100_000) + uid(200_000) + gid(100_000))).allowed();
});

testEach(
  "a container without a map is denied for users and for groups",
  { "no maps": guest("", { type: "lxc" }), "empty maps": container("") },
  (document) =>
    judge(policy, document).denied(
      { reason: "the container maps no uid, so that its root is the host's", at: "idmap" },
      { reason: "the container maps no gid", at: "idmap" },
    ),
);

test("a map of users alone leaves the groups", () => {
  judge(policy, container(uid(1000))).denied("the container maps no gid");
});

test("a map to the host's own users or groups is denied", () => {
  judge(policy, container(uid(100_000) + uid(0) + gid(999))).denied(
    { reason: "uid 0 is one of the host's own; map to 1000 and above", at: "idmap/uid[2]/@target" },
    { reason: "gid 999 is one of the host's own", at: "idmap/gid[1]/@target" },
  );
  const document = container(uid(1000) + gid(1000));
  judge(policy, document, { settings: { lowest: 100_000 } }).denied("uid 1000", "gid 1000");
});

test("a lowest number that would let root through is refused", () => {
  settingsRefused(policy, { lowest: 0 }, "settings.lowest: Invalid value: Expected >=1 but received 0");
});
