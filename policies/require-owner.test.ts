import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./require-owner.ts";

const NAMESPACE = "https://example.org/guest";

/** A guest with these metadata. */
const withMetadata = (metadata: string): string => guest(`<metadata>${metadata}</metadata>`);

const owner = (text: string, namespace = NAMESPACE): string =>
  `<own:owner xmlns:own='${namespace}'>${text}</own:owner>`;

testEach(
  "a guest with an owner is allowed",
  {
    "as text": owner("team-storage@example.org"),
    "of one letter": owner("x"),
    "with space around it": owner("\n  Team Storage\n"),
    "in pieces": owner("team<!-- the new one -->-<![CDATA[storage]]>"),
    "by another prefix": `<owner xmlns='${NAMESPACE}'>team</owner>`,
    "beside others' elements": `${owner("team")}${owner("x", "urn:x")}<own:note xmlns:own='${NAMESPACE}'/>`,
  },
  (metadata) => judge(policy, withMetadata(metadata)).allowed(),
);

const NONE = `the guest's metadata name no owner; write owner of the namespace ${NAMESPACE}`;

testEach(
  "a guest without an owner is denied",
  {
    "no metadata": [guest(), undefined],
    "empty metadata": [withMetadata(""), "metadata"],
    "an owner in another namespace": [withMetadata(owner("team", "urn:x")), "metadata"],
    "an owner in none": [withMetadata("<owner>team</owner>"), "metadata"],
    "an owner that is deeper": [withMetadata(`<x:x xmlns:x='${NAMESPACE}'>${owner("team")}</x:x>`), "metadata"],
    "an owner that is no metadata": [guest("<description>owner team</description>"), undefined],
  } as const,
  ([document, at]) => judge(policy, document).denied(at === undefined ? NONE : { reason: NONE, at }),
);

testEach(
  "an owner that is none is denied",
  {
    empty: ["", "the guest's owner is empty"],
    space: [" \n", "the guest's owner is empty"],
    "two lines": ["team\nstorage", /^the guest's owner team.*storage is not written as wanted$/s],
    "too long": ["x".repeat(129), /is not written as wanted$/],
    "an element": ["<b>team</b>", "the guest's owner is empty"],
  } as const,
  ([text, reason]) => judge(policy, withMetadata(owner(text))).denied({ reason, at: "metadata" }),
);

test("of two owners none counts", () => {
  judge(policy, withMetadata(owner("one") + owner("two"))).denied("the guest's metadata name 2 owners; write one");
});

test("settings say where the owner is, and how it is written", () => {
  const nova = "http://openstack.org/xmlns/libvirt/nova/1.1";
  const settings = { namespace: nova, path: "instance/owner/project", pattern: "admin|[a-z]+-team" };
  const instance = (project: string) =>
    withMetadata(
      `<nova:instance xmlns:nova='${nova}'>\n<nova:name>web1</nova:name><nova:owner><nova:user>x</nova:user>` +
        `<nova:project>${project}</nova:project></nova:owner></nova:instance>`,
    );
  for (const project of ["admin", "storage-team"]) judge(policy, instance(project), { settings }).allowed();
  for (const project of ["admins", "the admin", "Storage-team"]) {
    judge(policy, instance(project), { settings }).denied(`the guest's owner ${project} is not written as wanted`);
  }
  judge(policy, withMetadata(owner("admin")), { settings }).denied(
    `the guest's metadata name no owner; write instance/owner/project of the namespace ${nova}`,
  );
});

test("guests are judged at each hook that starts one", () => {
  const events = [
    "qemu/prepare",
    "qemu/migrate",
    "qemu/restore",
    "lxc/prepare",
    "libxl/prepare",
    "libxl/migrate",
  ] as const;
  for (const event of events) judge(policy, guest(), { event }).denied(NONE);
});

testEach(
  "settings are refused",
  {
    "half a pattern": [{ pattern: "(team" }, "must be a regular expression"],
    "a path that begins with a slash": [{ path: "/owner" }, "must be names of elements such as instance/owner"],
    "no namespace": [{ namespace: "" }, "Invalid length: Expected >=1 but received 0"],
  },
  ([settings, message]) => settingsRefused(policy, settings, message),
);
