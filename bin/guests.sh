# Sourced. The running guests, for policies that ask: libvirt's own state files as they are, and a ledger of starts under
# way, since a guest has no state file before it runs. libvirt itself is never asked: that would deadlock.

states='/run/libvirt/qemu /run/libvirt/lxc /run/libvirt/libxl /run/libvirt/bhyve'
starts=/run/virt-warden/starts
# in minutes: of a start that takes longer something else went wrong
longest_start=5
# in bytes, of all files together
max_guests=67108864

# Whether the call's event is one of $1.
has_event() {
	case " $1 " in *" $hook/$operation "*) return 0 ;; esac
	return 1
}

# Whether the call is a guest's start, which others have to count once it is admitted.
is_counted() {
	[ -n "$guests" ] && [ "$caller" = 0 ] || return
	case $hook/$operation in network/*) return 1 ;; */prepare | */start) return 0 ;; esac
	return 1
}

# Whether the call says that a guest's start has come to an end, good or bad.
is_over() {
	[ -n "$guests" ] && [ "$caller" = 0 ] || return
	case $hook/$operation in network/*) return 1 ;; */started | */stopped | */release) return 0 ;; esac
	return 1
}

# Sets $entry to the guest's file in the ledger; a name may hold anything.
find_entry() {
	entry=$(printf %s "$object" | sha256sum) && entry=$starts/$hook.${entry%% *}
}

# Notes that the guest was admitted. The file appears whole.
note_start() {
	mkdir -p -m 700 "$starts" && find_entry || return
	if ! { document >"$starts/new$$" && mv -f -- "$starts/new$$" "$entry"; }; then
		rm -f -- "$starts/new$$"
		return 1
	fi
	# also what a hook that was killed left half made; others may be doing the same
	find "$starts" -maxdepth 1 -type f ! -name lock -mmin +$longest_start -delete || :
} 2>/dev/null

forget_start() {
	[ ! -d "$starts" ] || { find_entry && rm -f -- "$entry"; } 2>/dev/null
}

# Of two guests that start at once, the second is decided when the first is admitted or not: the lock, on descriptor 8, is
# held until this process ends. Whoever waits for it has no turn yet, so that others need not wait as well.
wait_for_starts() {
	[ "$caller" = 0 ] && command -v flock >/dev/null || return 0
	{ mkdir -p -m 700 "$starts" && true >>"$starts/lock"; } 2>/dev/null || return 0
	exec 8<"$starts/lock"
	patience=$((12 * allowed / 100))
	flock -E 75 -w $patience 8 2>/dev/null
	[ $? != 75 ] || fail deadline "others' starts took too long: this one was not looked at within $patience s"
}

# Finds the ledger's files that are not too old; the rest is what to do with them. Another user has no ledger.
find_starts() {
	[ "$caller" != 0 ] || find "$starts" -maxdepth 1 -type f -name '*.*' -mmin -$longest_start "$@" 2>/dev/null
}

# Finds libvirt's state files, and folders of theirs that cannot be looked into.
find_states() {
	# shellcheck disable=SC2086 # folders
	find $states -maxdepth 1 \( -type d ! -readable -o -type f -name '*.xml' \) "$@" 2>/dev/null
}

# Prints each file's path, then its lines with a mark before them. Of one that cannot be read, or is empty, there is the
# path alone, and whoever reads this refuses. Passwords of graphics and cookies of images stay here.
print_guests() {
	# the ledger is read before the others are looked for: a guest that goes from there to here meanwhile is in both
	set -- -exec sed -s -n -e 1F -e "s/ passwd='[^'][^']*'/ passwd='********'/g" \
		-e "s|\(<cookie name='[^']*'>\)[^<][^<]*|\1********|g" -e 's/^/|/p' {} +
	find_starts "$@" 2>/dev/null
	# should the last one not end its last line
	echo
	find_states \( \( -type d -o ! -readable -o -empty \) -printf '%p\n' -o "$@" \) 2>/dev/null
}

# Sets $guest_bytes to the size of all of it, and $largest to the file that is to blame for most.
measure_guests() {
	guest_bytes=0 most=0 largest=''
	while read -r size file; do
		# there is a line even where there is none
		[ -n "$size" ] || continue
		guest_bytes=$((guest_bytes + size))
		[ "$size" -le $most ] || most=$size largest=$file
	done <<-end
		$(find_starts -printf '%s %p\n'; find_states -printf '%s %p\n')
	end
}

parts="$parts guests"
