# Sourced. Break-glass: a file of root's beside the bundle's versions that puts all policies in audit for a time. Whatever is
# wrong with it, policies decide by their own modes.

# a day, in centiseconds
max_glass=8640000

# Sets $glass to what the file says of itself, as JSON, where it is in force, and else $glass_problem to what is wrong with
# one that is not simply over. The working folder is the bundle's version.
look_for_break_glass() {
	glass='' glass_problem=''
	[ -e ../../break-glass ] || [ -L ../../break-glass ] || return 0
	trusted=$(find ../../break-glass -maxdepth 0 -type f -uid 0 ! -perm /022 -size -16 -print 2>/dev/null)
	if [ -z "$trusted" ]; then
		glass_problem="it is not root's alone"
	elif ! is_readable ../../break-glass || ! read_break_glass; then
		glass_problem="it is not whole"
	else
		judge_break_glass
	fi
}

# Takes the file apart; returns 1 for one that is not as the command writes it.
read_break_glass() {
	format='' boot='' from='' to='' says='' keys=''
	while IFS= read -r line; do
		key=${line%% *} value=${line#* }
		keys="$keys $key"
		case $key in
		virt-warden-break-glass) format=$value ;;
		boot) boot=$value ;;
		from) from=$value ;;
		to) to=$value ;;
		says) says=$value ;;
		esac
	done <../../break-glass
	# of a last line without an end, `read` gives the text and fails
	[ -z "$line" ] && [ "$format$keys" = '1 virt-warden-break-glass boot from to says end' ] && is_number "$from" && is_number "$to" || return
	case $says in '{"until":"'*'","by":"'*'","reason":"'*'"}') ;; *) return 1 ;; esac
	[ ${#says} -le 4096 ] && ! has_controls "$says"
}

# It counts in the boot that it was begun in, by a clock that nobody can set.
judge_break_glass() {
	read -r id </proc/sys/kernel/random/boot_id
	[ "$boot" = "$id" ] || return 0
	now
	if [ "$from" -gt "$uptime" ]; then
		glass_problem="it begins in the future"
	elif [ $((to - from)) -gt $max_glass ]; then
		glass_problem="it is for more than 24 hours"
	elif [ "$uptime" -lt "$to" ]; then
		glass=$says
	fi
}

parts="$parts break-glass"
