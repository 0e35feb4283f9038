/** Starts a private host with a running guest, says where its files lie, and never ends by itself. */
import { startHost } from "./start-host.ts";

const host = await startHost({ hostname: "lonely" });
const [, , guest = "lonely"] = process.argv;
await host.defineGuest(guest);
const { status, stderr } = await host.virsh("start", guest);
console.log(status === 0 ? host.at("/") : stderr);
