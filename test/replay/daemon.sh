#!/bin/sh
# Stands in for a daemon of libvirt's: runs hook scripts one after the other as its virCommandRun does. Run it by a link
# whose name is the daemon's, in a mount namespace of its own. Leaves each call's status, stdout and stderr in FOLDER/1,
# FOLDER/2, …, and its own process id in FOLDER/pid.
# usage: daemon.sh RUN FOLDER [DOCUMENT SCRIPT OBJECT OPERATION SUBOPERATION EXTRA]…
#   RUN       what /run shall be
#   DOCUMENT  the file with what the script reads; - for none
set -eu
mount --bind "$1" /run
folder=$2
shift 2
cd /
echo $$ >"$folder/pid"
number=0
while [ $# -ge 6 ]; do
  number=$((number + 1))
  call=$folder/$number
  mkdir "$call"
  mkfifo "$call/1" "$call/2"
  cat <"$call/1" >"$call/stdout" &
  cat <"$call/2" >"$call/stderr" &
  document=$1
  if [ "$document" = - ]; then
    # that it could be written to is libvirt's way, too
    exec 0<>/dev/null
  else
    mkfifo "$call/0"
    { cat "$document" >"$call/0"; } 2>/dev/null &
    exec <"$call/0"
  fi
  # no variable but libvirt's, and no descriptor but these three
  status=0
  env -i LC_ALL=C PATH="$PATH" HOME=/root USER=root LOGNAME=root "$2" "$3" "$4" "$5" "$6" >"$call/1" 2>"$call/2" || status=$?
  exec </dev/null
  # libvirt, too, goes on when all output has come to its end
  wait
  echo $status >"$call/status"
  shift 6
done
