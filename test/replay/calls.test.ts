import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { EVENTS } from "../../src/hook/events.ts";
import { REWRITE_EVENTS } from "../../src/hook/rewrite-events.ts";
import { HOOKS } from "../../src/install/places.ts";
import { EVENT_CALLS } from "./calls.ts";
import { eventPage } from "./page.ts";

describe("the table of libvirt's calls", () => {
  it("has every event of the engine's, and no other", () => {
    assert.deepEqual(EVENT_CALLS.map(({ event }) => event).sort(), Object.keys(EVENTS).sort());
    assert.deepEqual([...new Set(EVENT_CALLS.map(({ hook }) => hook))].sort(), [...HOOKS].sort());
  });

  it("says the same as the engine of documents and of what a denial does", () => {
    const said = EVENT_CALLS.map(({ event, denial, calls }) => [event, denial, kindOf(calls.at(-1)?.document)]);
    const known = EVENT_CALLS.map(({ event }) => [event, EVENTS[event].nonZeroExit, EVENTS[event].document]);
    assert.deepEqual(said, known);
  });

  it("says the same as the engine of where libvirt reads a new document", () => {
    const reads = EVENT_CALLS.filter(({ readsStdout }) => readsStdout).map(({ event }) => event);
    assert.deepEqual(reads.sort(), [...REWRITE_EVENTS].sort());
  });

  it("stands in docs/libvirt.md", () => {
    const page = readFileSync(new URL("../../docs/libvirt.md", import.meta.url), "utf8");
    assert.ok(page.includes(eventPage()), `the table in docs/libvirt.md is not this one:\n\n${eventPage()}`);
  });

  it("names tests with a real libvirt that are there, for all that this libvirt can do", () => {
    const without = EVENT_CALLS.filter(({ live }) => live === undefined).map(({ event }) => event);
    assert.deepEqual(
      without.filter((event) => !/^(libxl|bhyve)\//.test(event)),
      ["qemu/attach"],
    );
    for (const { event, live } of EVENT_CALLS) {
      if (live === undefined) continue;
      const source = readFileSync(new URL(`../libvirt/${live.file}`, import.meta.url), "utf8");
      const titles = [...source.matchAll(/\b(?:it|test)\(\s*(["'`])(.*?)\1,/gs)].map(([, , title]) => title);
      assert.ok(titles.includes(live.title), `${event}: no test "${live.title}" in test/libvirt/${live.file}`);
    }
  });
});

function kindOf(document: string | undefined): string {
  if (document === undefined) return "none";
  return document === "network" || document === "port" ? "hookData" : "domain";
}
