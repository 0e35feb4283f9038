import { type DocumentAttempt, denied, refused } from "../attempt.ts";
import { small } from "../files.ts";

/** What a network's hook is told, of ports whose owner is not who it says. */
export const networks: readonly DocumentAttempt[] = [
  small(
    "owner-with-lines",
    "has an owner whose name goes on with a verdict",
    denied("owner web1\\nvirt-warden\\u{3a} allowed\\nend (at networkport/owner)"),
    "network/port-created",
  ),
  small(
    "owner-that-is-markup",
    "has an owner whose name ends the element",
    denied("owner web1</name></owner> (at networkport/owner)"),
    "network/port-created",
  ),
  small("owner-twice", "has two owners", refused("5:86", "it holds a second owner"), "network/port-created"),
  small(
    "owner-of-a-stranger",
    "has a second name of another namespace",
    denied("owner evil (at networkport/owner)"),
    "network/port-created",
  ),
  small("port-twice", "has two ports", refused("8:17", "it holds a second networkport"), "network/port-created"),
  small(
    "port-in-a-comment",
    "has an allowed port in a comment",
    denied("owner other (at networkport/owner)"),
    "network/port-created",
  ),
  small(
    "network-missing",
    "has a port without its network",
    refused("1:1", "it holds no <network>"),
    "network/port-created",
  ),
];
