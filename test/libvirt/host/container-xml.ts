/** What a test's container differs in. */
export interface ContainerOptions {
  /** Whether it uses the host's network instead of one of its own. */
  readonly hostNetwork?: boolean;
  /** XML to add inside `<devices>`. */
  readonly devices?: string;
  /** XML to add inside `<domain>`. */
  readonly extra?: string;
}

/** A container over the host's own file tree, whose one process ends when it is told to. */
export function containerXml(name: string, { hostNetwork, devices = "", extra = "" }: ContainerOptions = {}): string {
  return `<domain type='lxc'>
  <name>${name}</name>
  ${extra}
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os>
    <type>exe</type>
    <init>/bin/sh</init>
    <initarg>-c</initarg>
    <initarg>trap exit TERM; sleep infinity &amp; wait</initarg>
  </os>
  ${hostNetwork ? "" : "<features><privnet/></features>"}
  <devices>
    <console type='pty'/>
    ${devices}
  </devices>
</domain>
`;
}
