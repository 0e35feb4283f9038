import assert from "node:assert/strict";
import { test } from "node:test";
import { readTime } from "../../../src/log/read/read-time.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");

/** What a time means, as ISO 8601. */
function read(text: string): readonly string[] | undefined {
  const range = readTime(text, NOW);
  return range && [new Date(range.from).toISOString(), new Date(range.to).toISOString()];
}

test("a day has a beginning and an end, in UTC", () => {
  assert.deepEqual(read("2026-01-31"), ["2026-01-31T00:00:00.000Z", "2026-02-01T00:00:00.000Z"]);
});

test("a moment is UTC unless it has a zone", () => {
  for (const text of ["2026-01-31T10:00", "2026-01-31 10:00:00", "2026-01-31T11:30:00.000+01:30", "2026-01-31T10:00Z"])
    assert.equal(read(text)?.[0], "2026-01-31T10:00:00.000Z", text);
});

test("a span is so long ago", () => {
  const spans = { "90s": "11:58:30", "30m": "11:30:00", "2h": "10:00:00" };
  for (const [text, time] of Object.entries(spans)) assert.equal(read(text)?.[0], `2026-06-15T${time}.000Z`, text);
  assert.equal(read("7d")?.[0], read("1w")?.[0]);
});

test("what is no day of the calendar, or no time, is none", () => {
  for (const text of ["", "yesterday", "2026-02-31", "2026-13-01", "2026-01-31T25:00", "2h ", "-2h", "2 h", "1e3s"])
    assert.equal(read(text), undefined, text);
});
