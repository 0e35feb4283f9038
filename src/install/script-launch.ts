// The part of the hook scripts that reads what the bundle's file `launch` says, in POSIX sh.
import { OPERATIONS } from "./event-table.ts";
import { HOOKS } from "./places.ts";

/**
 * Leaves where a whole bundle says that no policy watches the event. That starts no process: whether the bundle is root's
 * alone takes one to see, so root keeps the text that it was once true of, with what it means. A bundle that others may
 * write to later gains them nothing: another text is looked at anew. What most calls need comes first, since the shell
 * reads no further than it has to.
 */
const LAUNCH = (counted: string) => `
newline='
'
operation=$2 launch=$bundle/current/launch place=/run/virt-warden text='' remembered='' whole='' trusted=''
digest='' deadline='' log='' watch='' guests='' kill='' rewrite=''

# Whether root runs this, and $place is root's own: nobody else can make it in /run.
has_place() {
	[ -O /proc ] && [ -O "$place" ] && [ -d "$place" ] && ! [ -L "$place" ]
}

# Whether the event is one of $1.
has_event() {
	case " $1 " in *" $hook/$operation "*) return 0 ;; esac
	return 1
}

# Whether the launcher keeps a ledger of this: a guest's start or end, where policies count guests.
is_counted() {
${counted}	return 1
}

# Whether this very text is what root found in a bundle that is root's alone; sets what it means.
is_remembered() {
	has_place && [ -f "$place/trusted/$hook" ] && [ -O "$place/trusted/$hook" ] || return
	while IFS= read -r line; do
		text=$text$line$newline
	done <"$launch"
	command . "$place/trusted/$hook"
	[ "$remembered" = "$bundle$newline$text" ] && whole=yes trusted=yes
} 2>/dev/null

if [ $# = 4 ] && [ -n "$known" ] && [ -f "$launch" ] && [ -r "$launch" ] && is_remembered; then
	has_event "$watch" || is_counted || exit 0
fi

# Takes the bundle's file apart. What it does not know, the launcher judges.
read_launch() {
	text='' format='' keys='' digest='' deadline='' log='' watch='' guests='' kill='' rewrite=''
	while IFS= read -r line; do
		text=$text$line$newline key=\${line%% *} value=\${line#* }
		[ "$key" != "$line" ] || value=''
		keys="$keys $key"
		case $key in
		virt-warden-bundle) format=$value ;;
		digest) digest=$value ;;
		deadline) deadline=$value ;;
		log) log=$value ;;
		watch) watch=$value ;;
		guests) guests=$value ;;
		kill) kill=$value ;;
		rewrite) rewrite=$value ;;
		esac
	done <"$launch"
	case $format$keys in
	'1 virt-warden-bundle digest deadline data log watch end') ;;
	'2 virt-warden-bundle digest deadline data log watch guests kill rewrite end') ;;
	*) return 1 ;;
	esac
	# no digest covers the file: a word that is no event may have been one
	for event in $watch $guests $kill $rewrite; do
		case \${event%%/*} in ${HOOKS.join(" | ")}) ;; *) return 1 ;; esac
		case \${event#*/} in ${OPERATIONS.join(" | ")}) ;; *) return 1 ;; esac
	done
} 2>/dev/null

# Whether none but root could have written the list.
is_trusted() {
	[ -z "$trusted" ] || return 0
	foreign=$(find "$bundle/current/." "$bundle/current/.." "$bundle/current/../.." "$launch" -maxdepth 0 \\
		\\( -perm /022 -o ! -uid 0 \\) -print -quit 2>/dev/null) && [ -z "$foreign" ] || return
	trusted=yes
	(remember) 2>/dev/null
	return 0
}

# For the next call; the file appears whole. Whatever fails here does not matter.
remember() {
	umask 077
	case $bundle$text in *\\'*) return ;; esac
	[ -O /proc ] && mkdir -p "$place/trusted" && has_place || return
	new=$place/trusted/.$hook.$$
	printf "%s='%s'\\n" remembered "$bundle$newline$text" digest "$digest" deadline "$deadline" log "$log" \\
		watch "$watch" guests "$guests" kill "$kill" rewrite "$rewrite" >"$new" &&
		mv -f "$new" "$place/trusted/$hook" || rm -f "$new"
}

if [ -z "$whole" ] && [ $# = 4 ] && [ -n "$known" ] && [ -f "$launch" ] && [ -r "$launch" ] && read_launch; then
	whole=yes
	if ! has_event "$watch" && ! is_counted && { [ -z "$refuses" ] || is_trusted; }; then
		exit 0
	fi
fi
`;

/** For hooks without guests. */
export const LAUNCH_ALONE: string = LAUNCH("");

/** For hooks of guests. */
export const LAUNCH_COUNTED: string = LAUNCH(`	case $guests/$operation in
	/*) ;;
	*/prepare | */start | */started | */stopped | */release) return 0 ;;
	esac
`);
