import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { productRoot } from "../product.ts";

/** Prints the running guests, as for a hook: `bin/guests.sh`, whose limit of size it heeds. */
const SCRIPT = `
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
for part in bundle wall guests; do
	. "$0/bin/$part.sh"
done
find_user && measure_guests && [ "$guest_bytes" -le "$max_guests" ] || exit
print_guests
exit 0
`;

/**
 * Reads the running guests, for policies that ask, as the root side of a hook does: passwords masked.
 *
 * @returns undefined where they cannot be given; the evaluator of a single decision then says why.
 */
export async function guestsText(): Promise<string | undefined> {
  const child = spawn("/bin/sh", ["-c", SCRIPT, productRoot], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
  const [guests, status] = await Promise.all([text(child.stdout), ended]);
  return status === 0 ? guests : undefined;
}
