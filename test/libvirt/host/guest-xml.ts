/** What a test's guest differs in. */
export interface GuestOptions {
  /** `kvm` where the host can, else `qemu`. */
  readonly type: "kvm" | "qemu";
  readonly uuid?: string;
  /** XML to add inside `<devices>`. */
  readonly devices?: string;
  /** XML to add inside `<domain>`. */
  readonly extra?: string;
}

/** A guest of 64 MiB with no disk, which starts in under a second. */
export function guestXml(name: string, options: GuestOptions): string {
  return `<domain type='${options.type}'>
  <name>${name}</name>
  ${options.uuid ? `<uuid>${options.uuid}</uuid>` : ""}
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  ${options.extra ?? ""}
  <devices>
    <serial type='null'/>
    <memballoon model='none'/>
    ${options.devices ?? ""}
  </devices>
  <seclabel type='none'/>
</domain>
`;
}
