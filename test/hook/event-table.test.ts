import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { EVENTS, eventEntry, isKnownHook, refuses } from "../../src/hook/events.ts";
import { productRoot } from "../../src/product.ts";

const OPERATIONS = [
  ...new Set(Object.keys(EVENTS).map((event) => event.split("/")[1] ?? "")),
  "frobnicate",
  "",
  "prepare ",
];
const HOOKS = ["qemu", "lxc", "libxl", "bhyve", "network", "daemon", "vbox", ""];
const PAIRS = HOOKS.flatMap((hook) => OPERATIONS.map((operation) => [hook, operation] as const));

test("the shell's event table says the same as the engine's, for known and unknown events", () => {
  const script = `. "$1"; shift
    while [ $# -gt 0 ]; do
      is_known "$1" "$2" && known=known || known=unknown-$unknown
      refuses "$1" "$2" && effect=refuses || effect=spares
      echo "$1|$2|$known|$effect"
      shift 2
    done`;
  const { stdout } = spawnSync("/bin/sh", ["-c", script, "sh", join(productRoot, "bin/events.sh"), ...PAIRS.flat()], {
    encoding: "utf8",
  });
  const expected = PAIRS.map(([hook, operation]) => {
    const missing = isKnownHook(hook) ? "unknown-operation" : "unknown-hook";
    const known = eventEntry(hook, operation) === undefined ? missing : "known";
    return `${hook}|${operation}|${known}|${refuses(hook, operation) ? "refuses" : "spares"}`;
  });
  assert.deepEqual(stdout.trimEnd().split("\n"), expected);
});

test("a refusal takes effect at admissions and nowhere else", () => {
  const refusing = Object.keys(EVENTS).filter((event) => refuses(...(event.split("/") as [string, string])));
  assert.deepEqual(refusing.sort(), [
    "bhyve/prepare",
    "bhyve/start",
    "libxl/migrate",
    "libxl/prepare",
    "libxl/start",
    "lxc/prepare",
    "lxc/start",
    "network/port-created",
    "network/start",
    "qemu/migrate",
    "qemu/prepare",
    "qemu/restore",
    "qemu/start",
  ]);
});

test("every event where a refusal takes effect is one that libvirt lets a hook refuse", () => {
  for (const [event, { nonZeroExit }] of Object.entries(EVENTS)) {
    const [hook = "", operation = ""] = event.split("/");
    assert.equal(refuses(hook, operation), nonZeroExit === "refuses", event);
  }
});
