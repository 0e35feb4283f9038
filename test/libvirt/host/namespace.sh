#!/bin/sh
# The first program inside a private host's namespaces: makes the host's own file tree and network, then runs its
# daemons. Takes a command a line on stdin and answers each, when it is done, by the same line on stdout.
# usage: namespace.sh FOLDER HOSTNAME [HIERARCHY=GROUP…], the control groups for hosts with containers
set -eu
folder=$1 name=$2
shift 2

# joins them, then begins again where all that can be seen of groups is below these
if [ $# -gt 0 ] && [ -z "${joined-}" ]; then
  for group in "$@"; do
    echo $$ >"${group#*=}/cgroup.procs"
  done
  export joined=yes
  exec unshare --cgroup sh "$0" "$folder" "$name" "$@"
fi
unset joined

hostname "$name"
ip link set lo up

# a fresh sysfs shows this network namespace's interfaces, and none of the machine's cgroups, which libvirt would use
umount --lazy --recursive /sys
mount -t sysfs sysfs /sys

case ${1-} in
  '') ;;
  cgroup2=*)
    mount -t cgroup2 group /sys/fs/cgroup
    # a group that hands on controllers must have no process of its own
    mkdir /sys/fs/cgroup/daemons
    echo $$ >/sys/fs/cgroup/daemons/cgroup.procs
    echo +memory >/sys/fs/cgroup/cgroup.subtree_control
    ;;
  *)
    mount -t tmpfs -o mode=755,size=64k groups /sys/fs/cgroup
    for group in "$@"; do
      mkdir "/sys/fs/cgroup/${group%%=*}"
      mount -t cgroup -o "${group%%=*}" group "/sys/fs/cgroup/${group%%=*}"
    done
    ;;
esac

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
      # a test may have ended it itself
      kill -TERM "$daemon" 2>/dev/null || :
      wait "$daemon" || :
      ;;
    start-daemon) start_daemon ;;
    # only asks for it: libvirtd reloads in a thread of its own
    reload-daemon) kill -HUP "$daemon" ;;
  esac
  echo "$command"
done
