#!/usr/bin/python3
"""libvirt's qemu hook as people write it in Python: OBJECT OPERATION SUBOPERATION EXTRA, the document on stdin."""

import sys

from lxml import etree


def main():
    if sys.argv[2] not in ("prepare", "migrate", "restore"):
        return 0
    try:
        domain = etree.parse(sys.stdin.buffer).getroot()
    except etree.XMLSyntaxError:
        print("the document cannot be read", file=sys.stderr)
        return 3
    cpu = domain.find("cpu")
    mode = None if cpu is None else cpu.get("mode")
    if mode in ("host-passthrough", "maximum"):
        print(f"CPU mode {mode} ties the guest to this host; use host-model or a named model", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
