#!/bin/sh
# The first program inside a private host's namespaces: makes the host's own file tree and network, then runs its
# daemons. Takes a command a line on stdin and answers each, when it is done, by the same line on stdout.
# usage: namespace.sh FOLDER HOSTNAME
set -eu
folder=$1

hostname "$2"
ip link set lo up

# a fresh sysfs shows this network namespace's interfaces, and none of the machine's cgroups, which libvirt would use
umount --lazy --recursive /sys
mount -t sysfs sysfs /sys

# all of /var/log: virt-warden's own default log is there too
for place in /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log /run; do
  mkdir -p "$folder/root$place" "$place"
  mount --bind "$folder/root$place" "$place"
done

# QEMU's own user must be able to open /dev/kvm; the machine's device keeps its owner and mode
if [ -c /dev/kvm ]; then
  mkdir "$folder/dev"
  mount -t tmpfs -o mode=755,size=64k devices "$folder/dev"
  mknod -m 660 "$folder/dev/kvm" c "0x$(stat -c %t /dev/kvm)" "0x$(stat -c %T /dev/kvm)"
  chgrp kvm "$folder/dev/kvm"
  mount --bind "$folder/dev/kvm" /dev/kvm
fi

start_daemon() {
  libvirtd >>"$folder/libvirtd.out" 2>&1 </dev/null &
  daemon=$!
}

virtlogd >>"$folder/virtlogd.out" 2>&1 </dev/null &
start_daemon
echo started

while read -r command; do
  case $command in
    stop-daemon)
      kill -TERM "$daemon"
      wait "$daemon" || :
      ;;
    start-daemon) start_daemon ;;
  esac
  echo "$command"
done
