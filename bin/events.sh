# Sourced. The event table of src/hook/events.ts, for when nothing but the shell is left; a test holds them together.

# Whether libvirt has this event; otherwise says in $unknown and $unknown_name what is not known.
is_known() {
	case $1/$2 in
	qemu/prepare | qemu/start | qemu/started | qemu/stopped | qemu/release) return 0 ;;
	qemu/migrate | qemu/restore | qemu/reconnect | qemu/attach) return 0 ;;
	lxc/prepare | lxc/start | lxc/started | lxc/stopped | lxc/release | lxc/reconnect) return 0 ;;
	libxl/prepare | libxl/start | libxl/started | libxl/stopped | libxl/release) return 0 ;;
	libxl/migrate | libxl/reconnect) return 0 ;;
	bhyve/prepare | bhyve/start | bhyve/started | bhyve/stopped | bhyve/release) return 0 ;;
	network/start | network/started | network/updated | network/stopped) return 0 ;;
	network/port-created | network/port-deleted) return 0 ;;
	daemon/start | daemon/shutdown | daemon/reload) return 0 ;;
	esac
	case $1 in
	qemu | lxc | libxl | bhyve | network | daemon) unknown=operation unknown_name=$1/$2 ;;
	*) unknown=hook unknown_name=$1 ;;
	esac
	return 1
}

# Whether some hook has an operation of this name.
is_operation() {
	case $1 in
	prepare | start | started | stopped | release | migrate | restore | reconnect | attach) return 0 ;;
	updated | port-created | port-deleted | shutdown | reload) return 0 ;;
	esac
	return 1
}

# Whether a refusal may take effect: where something asks for admission, and nowhere else.
refuses() {
	case $1/$2 in
	daemon/start) return 1 ;;
	*/prepare | */start | */migrate | */restore | */port-created) return 0 ;;
	esac
	return 1
}

parts="$parts events"
