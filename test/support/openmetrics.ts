import assert from "node:assert/strict";

/** A family as it was read. */
export interface ReadFamily {
  readonly type: string;
  readonly unit?: string;
  readonly help: string;
  /** By the name with its labels, as in the text. */
  readonly samples: ReadonlyMap<string, number>;
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (\\+Inf|-?[0-9.]+(?:e[+-]?[0-9]+)?)$`);

const SUFFIXES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  openmetrics: { counter: ["_total"], gauge: [""], info: ["_info"], histogram: ["_bucket", "_count", "_sum"] },
  prometheus: { counter: [""], gauge: [""], histogram: ["_bucket", "_count", "_sum"] },
};

/**
 * Reads metrics strictly: types and suffixes as the format wants them, no family or sample twice, no family in two places,
 * buckets that grow.
 */
export function readMetrics(text: string, format: "openmetrics" | "prometheus"): ReadonlyMap<string, ReadFamily> {
  const families = new Map<string, ReadFamily & { unit?: string; samples: Map<string, number> }>();
  const lines = text.split("\n");
  assert.equal(lines.pop(), "", "the text ends with a line end");
  if (format === "openmetrics") assert.equal(lines.pop(), "# EOF");
  let family: string | undefined;
  for (const line of lines) {
    const [, what, name = "", rest = ""] = /^# (TYPE|UNIT|HELP) (\S+) (.+)$/.exec(line) ?? [];
    if (what === "TYPE") {
      assert.ok(!families.has(name), `${name} comes twice`);
      assert.ok(SUFFIXES[format]?.[rest], `${name} has the type ${rest}`);
      if (rest === "counter") assert.equal(name.endsWith("_total"), format === "prometheus", name);
      families.set(name, { type: rest, help: "", samples: new Map() });
      family = name;
    } else if (what !== undefined) {
      assert.equal(name, family, line);
      if (what === "UNIT") assert.ok(format === "openmetrics" && name.endsWith(`_${rest}`), line);
      families.set(name, Object.assign(families.get(name) ?? assert.fail(line), { [what.toLowerCase()]: rest }));
    } else {
      const [, full = "", labels = "", value] = SAMPLE.exec(line) ?? assert.fail(`no sample: ${line}`);
      const read = families.get(family ?? "") ?? assert.fail(`of no family: ${line}`);
      const suffixes = SUFFIXES[format]?.[read.type] ?? [];
      assert.ok(
        suffixes.some((suffix) => full === `${family}${suffix}`),
        `${line} in ${family}`,
      );
      const key = labels === "" ? full : `${full}{${labels}}`;
      assert.ok(!read.samples.has(key), `${key} comes twice`);
      read.samples.set(key, value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value));
    }
  }
  for (const [name, { type, help, samples }] of families) {
    assert.notEqual(help, "", `${name} has no help`);
    if (type === "histogram") checkBuckets(name, samples);
  }
  return families;
}

function checkBuckets(name: string, samples: ReadonlyMap<string, number>): void {
  const buckets = [...samples].filter(([key]) => key.startsWith(`${name}_bucket{`));
  assert.ok(
    buckets.every(([, value], index) => index === 0 || value >= (buckets[index - 1]?.[1] ?? 0)),
    name,
  );
  assert.equal(samples.get(`${name}_bucket{le="+Inf"}`), samples.get(`${name}_count`), name);
  assert.ok(samples.has(`${name}_sum`), name);
}

/** All samples, by name and labels. */
export function samplesOf(text: string, format: "openmetrics" | "prometheus"): Readonly<Record<string, number>> {
  return Object.fromEntries([...readMetrics(text, format).values()].flatMap(({ samples }) => [...samples]));
}
