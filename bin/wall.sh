# Sourced. The wall around the process that runs policies. Each layer is a line or two that can be taken away alone;
# test/sandbox/wall does that with each in turn, and shows what gets through then.

# a fixed uid that no account has, for hosts without a user of our own; `nobody` is shared
fallback_uid=64999

# $1 bytes of data, $2 centiseconds; the rest is the evaluator's words. $skipped names layers that this host cannot give.
# 0 centiseconds for a warm evaluator, which whoever asks it has to kill: it has no timer, and an hour of processor time.
wall() {
	data=$1 left=$2
	shift 2
	# nowhere: no folder of the caller's is kept in use, or known
	cd / || return
	# no core dumps: they hold the document, and fill the disk
	ulimit -c 0
	# not a byte into any file
	ulimit -f 0
	# no more descriptors than any caller left open and Node needs
	ulimit -n 1024 || ulimit -n 64
	# memory, also what V8 does not count; in KiB
	ulimit -d $((data / 1024)) &&
		# a stack that Node can boot with under that limit, whatever was inherited; in KiB
		ulimit -s 8192 &&
		# processor time, which several threads use up, should the deadline's timer ever fail
		ulimit -t $((left > 0 ? left / 25 + 2 : 3600)) || {
		# those that were inherited are lower, and cannot be lifted
		echo limits >&3
		return 1
	}
	# the timer: ends everything at the deadline; as root, so that the policies' user can neither stop nor kill it, and as
	# the first process of its namespace, so that nothing is left of that
	timer="timeout -s KILL $((left / 100)).$((left / 10 % 10))$((left % 10))"
	replace=''
	# without it, whoever started this shell ends these processes, and there is none to be left between
	[ "$left" != 0 ] || timer='' replace=exec
	namespaces='' user='setpriv'
	# where there is no such namespace: whoever left the timer's process group ends with its parent
	user="$user --pdeathsig KILL"
	# nothing gives privileges, no program with its setuid bit either
	user="$user --no-new-privs"
	if [ "$caller" = 0 ]; then
		# another user than root, and than any that has files or processes on this host
		user="$user --reuid $uid --regid $gid --clear-groups"
		# no capabilities, also none to regain; dropping root takes away what is in force, this the rest
		has capabilities && user="$user --bounding-set -all --inh-caps -all"
		# no fork bombs; counted for that user alone
		ulimit -u 4096 2>/dev/null || ulimit -p 4096 2>/dev/null
		# no network, not even the host's own loopback
		has network && namespaces="$namespaces --net"
		# nothing that a policy started outlives it; no sight of other processes, not even of other decisions
		has processes && namespaces="$namespaces --pid --mount-proc --fork --kill-child"
		# no shared memory, which no limit counts and which stays when its maker is gone
		has ipc && namespaces="$namespaces --ipc"
		namespaces=${namespaces:+unshare$namespaces}
	fi
	# nothing of the caller's environment: no secrets, no NODE_OPTIONS
	environment="env -i"
	# no compiler to attack while it runs, and none that needs gigabytes of address space
	runtime='/proc/self/fd/6 --no-node-snapshot --jitless --preserve-symlinks-main /proc/self/fd/7'
	# shellcheck disable=SC2086 # each is words
	$replace $namespaces $timer $user $environment $runtime "$@"
}

# Whether this host gives a layer.
has() {
	case " $skipped " in *" $1 "*) return 1 ;; esac
}

# The layers that a host may lack, such as a container within which there are no namespaces: sets $skipped to those that
# fail here. Everything else must be there.
find_missing_layers() {
	skipped=$lacking
	[ "$caller" = 0 ] || return 0
	is_given unshare --net || skipped="$skipped network"
	is_given unshare --pid --mount-proc --fork --kill-child || skipped="$skipped processes"
	is_given unshare --ipc || skipped="$skipped ipc"
	has capabilities && ! is_given setpriv --bounding-set -all --inh-caps -all && skipped="$skipped capabilities"
	skipped=${skipped# }
}

# Whether a program runs another. Of one that is killed meanwhile nothing is known of the host, and it is run again.
is_given() {
	for attempt in 1 2 3; do
		"$@" true 2>/dev/null
		ended=$?
		[ $ended -gt 128 ] || break
	done
	return $ended
}

# Sets $inherited to the descriptors beyond 9 that the caller left open; the shell can name none of those. The evaluator
# closes them before any policy runs. Flags are octal; 02000000 closes a descriptor by itself, when a program is run.
list_inherited() {
	inherited=''
	for descriptor in /proc/self/fd/??*; do
		descriptor=${descriptor##*/} flags=''
		[ -r "/proc/self/fdinfo/$descriptor" ] || continue
		while read -r key value; do
			[ "$key" != flags: ] || flags=$value
		done <"/proc/self/fdinfo/$descriptor"
		case $flags in *[2367]??????) ;; *) inherited=$inherited,$descriptor ;; esac
	done
}

# Sets $caller to who this process is, $uid and $gid to the user of policies, which is our own if there is one that is not
# root, and $lacking to layers that the caller's own capabilities do not reach for: setpriv says nothing of them. $1 is
# another account than that of policies.
find_user() {
	caller='' lacking='' uid=$fallback_uid gid=$fallback_uid
	while read -r key first second _; do
		case $key in
		Uid:) caller=$second ;;
		# CAP_SETPCAP
		CapEff:) case $first in *[13579bdf]??) ;; *) lacking=capabilities ;; esac ;;
		esac
	done </proc/self/status
	[ -n "$caller" ] || return
	[ "$caller" = 0 ] || lacking=''
	find_account "${1:-virt-warden}"
	! is_id "$own" || ! is_id "$group" || uid=$own gid=$group
}

# Sets $own and $group to the numbers of account $1, or to nothing. The shell reads a short list faster than a program
# that has to be started.
find_account() {
	own='' group='' most=100
	[ -r /etc/passwd ] || return 0
	while IFS=: read -r name _ own group _; do
		[ "$name" != "$1" ] || return 0
		most=$((most - 1))
		[ $most -gt 0 ] || break
	done </etc/passwd
	own='' group=''
	[ $most = 0 ] && entry=$(grep -s "^$1:" /etc/passwd) || return 0
	entry=${entry#*:*:}
	own=${entry%%:*}
	entry=${entry#*:}
	group=${entry%%:*}
}

# Whether $1 is the number of a user or group that is not root; 4294967295 is how the kernel is told to leave one as it is.
is_id() {
	is_number "$1" && [ "$1" -lt 4294967295 ]
}

parts="$parts wall"
