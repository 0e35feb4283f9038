#!/bin/sh
# at-once.sh COUNT STDIN COMMAND...: starts a hook so many times at once, each with the file STDIN and its number on stdin,
# and waits for all; fails where one did.
count=$1 stdin=$2 pids=''
shift 2
while [ "$count" -gt 0 ]; do
	"$@" <"$stdin$count" &
	pids="$pids $!"
	count=$((count - 1))
done
failed=0
for pid in $pids; do
	wait "$pid" || failed=1
done
exit $failed
