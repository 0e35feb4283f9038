# Sourced. The document that libvirt writes to stdin.

# Puts stdin into a file without a name, so that a second run of the evaluator can read it again. A file is read as
# it is.
spool_document() {
	if [ "$hook" = daemon ]; then
		exec </dev/null
		return
	fi
	[ -f /proc/self/fd/0 ] && return
	spool=''
	for folder in /dev/shm /run /tmp; do
		spool=$(mktemp "$folder/virt-warden.XXXXXX" 2>/dev/null) && break
	done
	[ -n "$spool" ] || fail evaluator "there is no folder for short-lived files; tried /dev/shm, /run and /tmp"
	exec 3<>"$spool"
	rm -f -- "$spool"
	# a byte more than is allowed shows that there was more
	timeout --foreground -s KILL "$((allowed / 100)).$((allowed / 10 % 10))" head -c $((max_document + 1)) >&3
	case $? in
	0) exec 0</proc/self/fd/3 3>&- ;;
	137) fail deadline "the document did not end in time" ;;
	*) fail evaluator "cannot keep the document in $folder; is it full?" ;;
	esac
}

# At a daemon's restart libvirt reports the ports of running guests again, and a refusal would detach their
# interfaces. Prints `attached` where a running guest's state file already holds the port, else `-`.
port_state() {
	if [ "$hook/$operation" = network/port-created ]; then
		# only the port's own UUID, which libvirt draws: the owner's is whatever its definer chose, even another's port
		uuid=$(sed -n '/<networkport>/,/<owner>/s|^ *<uuid>\([0-9a-f-]\{36\}\)</uuid>$|\1|p' </proc/self/fd/0)
		if [ ${#uuid} = 36 ] && grep -qsF "portid='$uuid'" /run/libvirt/*/*.xml; then
			echo attached
			return
		fi
	fi
	echo -
}
