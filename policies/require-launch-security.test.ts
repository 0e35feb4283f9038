import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./require-launch-security.ts";

const withPolicy = (type: string, bits: string, attributes = ""): string =>
  `<launchSecurity type='${type}' ${attributes}><policy>${bits}</policy></launchSecurity>`;

const sev = (bits: string, attributes = ""): string => withPolicy("sev", bits, attributes);
const snp = (bits: string, attributes = ""): string => withPolicy("sev-snp", bits, attributes);
const tdx = (bits: string): string => withPolicy("tdx", bits);

const DIRECT = "<os><type arch='x86_64' machine='q35'>hvm</type><kernel>/boot/vmlinuz</kernel></os>";

testEach(
  "memory that the host cannot read is allowed",
  {
    "SEV-ES": sev("0x0007"),
    "SEV-ES, without 0x": sev("5"),
    "SEV-SNP": snp("0x00030000"),
    "SEV-SNP in 64 bits": snp("0xfffffff000030000"),
    TDX: tdx("0x10000000"),
    "TDX without a policy": "<launchSecurity type='tdx'/>",
    "IBM Secure Execution": "<launchSecurity type='s390-pv'/>",
    "a measured kernel": `${DIRECT}${sev("0x5", "kernelHashes='yes'")}`,
    "a measured kernel with SEV-SNP": `${DIRECT}${snp("0x30000", "kernelHashes='yes'")}`,
    "a kernel that TDX measures": `${DIRECT}${tdx("0x0")}`,
  },
  (parts) => judge(policy, guest(parts)).allowed(),
);

test("a guest whose memory is not encrypted is denied", () => {
  judge(policy, guest()).denied(
    "the guest's memory is not encrypted; use launchSecurity sev or sev-snp or tdx or s390-pv",
  );
});

testEach(
  "what lets the host read memory all the same is denied, with the place",
  {
    "SEV with debugging": [sev("0x4"), "policy", "the policy lets the host debug the guest; set bit 0 (0x1)"],
    "SEV with debugging, in hexadecimal": [sev("14"), "policy", /set bit 0/],
    "SEV without ES": [sev("0x0003"), "policy", "the policy leaves registers unencrypted; set bit 2 (0x4)"],
    "SEV-SNP with debugging": [
      snp("0x000b0000"),
      "policy",
      "the policy lets the host debug the guest; clear bit 19 (0x80000)",
    ],
    "TDX with debugging": [tdx("0x10000001"), "policy", "the policy lets the host debug the guest; clear bit 0 (0x1)"],
    "a kernel that is not measured": [
      `${DIRECT}${sev("0x5")}`,
      "@kernelHashes",
      "the kernel that is booted directly is not measured; use kernelHashes='yes'",
    ],
    "one that must not be": [`${DIRECT}${snp("0x30000", "kernelHashes='no'")}`, "@kernelHashes", /not measured/],
  } as const,
  ([parts, place, reason]) => judge(policy, guest(parts)).denied({ at: `launchSecurity/${place}`, reason }),
);

test("SEV without a policy counts as one that has no bits", () => {
  judge(policy, guest("<launchSecurity type='sev'/>")).denied("set bit 0 (0x1)", "set bit 2 (0x4)");
});

test("settings say which technologies will do, and what their policies may be", () => {
  const types = ["sev-snp" as const];
  judge(policy, guest(sev("0x5")), { settings: { types } }).denied({
    reason: "launchSecurity sev is not allowed; use sev-snp",
    at: "launchSecurity/@type",
  });
  judge(policy, guest(), { settings: { types } }).denied("use launchSecurity sev-snp");
  judge(policy, guest(sev("0x1")), { settings: { sevEs: false } }).allowed();
  judge(policy, guest(snp("0x30000")), { settings: { smt: false } }).denied({
    reason: "the policy allows SMT; clear bit 16 (0x10000)",
    at: "launchSecurity/policy",
  });
  judge(policy, guest(snp("0x20000")), { settings: { smt: false } }).allowed();
  judge(policy, guest(), { settings: { types: [] } }).denied("use launchSecurity none");
  judge(policy, guest("<launchSecurity type='s390-pv'/>"), { settings: { types: [] } }).denied("use none");
});

test("incoming guests are judged as well", () => {
  for (const event of ["qemu/migrate", "qemu/restore"] as const) {
    judge(policy, guest(sev("0x0")), { event }).denied("bit 0", "bit 2");
  }
});

test("a technology that libvirt does not have is refused in settings", () => {
  settingsRefused(policy, { types: ["sgx"] }, /^settings\.types\[0\]: Invalid type: [^;]* but received "sgx"$/);
});
