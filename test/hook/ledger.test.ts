import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { productRoot } from "../../src/product.ts";
import { makeFolder } from "../support/folder.ts";
import { start } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";

/** What both scripts begin with: a /run of their own, and the launcher's own part. Their words are the product and a worker. */
const BEGIN = `
[ -n "$2" ] || mount -t tmpfs none /run
mkdir -p /run/virt-warden/starts /run/libvirt/qemu
caller=0 guests=qemu/prepare hook=qemu operation=prepare parts=''
document() { echo "<domain/>"; }
. "$1/bin/guests.sh"
`;

/** Guests go from the ledger to a state file one after the other; each look has to find the one that was admitted before. */
const PASSING = `${BEGIN}
for other in $(seq 200); do echo "<domstatus/>" >/run/libvirt/qemu/other$other.xml; done
while :; do
	count=$((count + 1)) object=guest$count
	note_start
	find_entry
	echo "$count $entry" >/run/latest.new && mv /run/latest.new /run/latest
	sleep 0.03
	echo "<domstatus/>" >/run/libvirt/qemu/.new && mv /run/libvirt/qemu/.new /run/libvirt/qemu/guest$count.xml
	forget_start
done &
until [ -e /run/latest ]; do sleep 0.01; done
looks=0 missed=0
while [ $looks -lt 60 ]; do
	read -r number file </run/latest
	case $(print_guests) in *"/guest$number.xml"* | *"$file"*) ;; *) missed=$((missed + 1)) ;; esac
	looks=$((looks + 1))
done
kill $!
echo "missed $missed"
`;

/** Guests are noted and forgotten by many processes at once, while old entries are cleaned away. */
const CROWD = `${BEGIN}
if [ -n "$2" ]; then
	failed=0
	for count in $(seq 25); do
		object=guest$2-$count
		touch -d '1 hour ago' "/run/virt-warden/starts/qemu.old$2-$count"
		note_start || failed=$((failed + 1))
		forget_start
	done
	echo "failed $failed"
	exit
fi
for worker in 1 2 3 4 5 6; do
	sh "$0" "$1" $worker &
done
wait
ls /run/virt-warden/starts | grep -c old
`;

describe("the ledger of starts", needsRoot(), () => {
  const run = async (script: string) => {
    const folder = await makeFolder({ "script.sh": script });
    return start("unshare", ["--mount", "sh", join(folder, "script.sh"), productRoot, ""]).ended;
  };

  test("loses no guest that gets its state file while others look", async () => {
    assert.equal((await run(PASSING)).stdout, "missed 0\n");
  });

  test("is no reason to refuse where many write it at once, and keeps nothing old", async () => {
    const lines = (await run(CROWD)).stdout.trimEnd().split("\n");
    assert.deepEqual(lines, [...Array<string>(6).fill("failed 0"), "0"]);
  });
});
