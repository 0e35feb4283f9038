/** The UUID of `guest()`. */
export const GUEST_UUID = "4dea22b3-1d52-d8f3-2516-782e98ab3fa0";

/** The UUID of the network in `hookData()`. */
export const NETWORK_UUID = "dd8fe884-6c02-601e-7551-cca97df1c5df";

/** A small guest's document. */
export function guest(parts = "", name = "web1"): string {
  return `<domain type='kvm'>
  <name>${name}</name>
  <uuid>${GUEST_UUID}</uuid>
  <memory unit='KiB'>2097152</memory>
  <vcpu placement='static'>2</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  ${parts}
</domain>`;
}

/** A guest with these interfaces. */
export function guestWith(...interfaces: readonly string[]): string {
  return guest(`<devices>${interfaces.join("\n")}</devices>`);
}

/** What libvirt tells a network's hook. */
export function hookData(parts = ""): string {
  return `<hookData>
  <network><name>default</name><uuid>${NETWORK_UUID}</uuid><bridge name='virbr0'/></network>
  ${parts}
</hookData>`;
}

/** A port of the guest `web1`. */
export const PORT = `<networkport>
    <uuid>5d744f21-ba4a-4d6e-bdb2-30a35ff3207d</uuid>
    <owner><name>web1</name><uuid>${GUEST_UUID}</uuid></owner>
    <mac address='52:54:00:7b:35:93'/>
    <plug type='network' bridge='virbr0'/>
  </networkport>`;
