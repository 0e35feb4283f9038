import type { Family, Labels } from "./family.ts";

/** Which text: OpenMetrics 1.0, or the Prometheus text format 0.0.4. */
export type MetricsFormat = "openmetrics" | "prometheus";

/** What HTTP calls OpenMetrics. */
export const OPENMETRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** What HTTP calls the Prometheus text format. */
export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** What a type is called where it is not as in OpenMetrics. */
const PROMETHEUS_TYPES = { counter: "counter", gauge: "gauge", histogram: "histogram", info: "gauge" } as const;

const SUFFIXES = { counter: "_total", gauge: "", histogram: "", info: "_info" } as const;

/**
 * Metrics as text. No one text is right in both formats: OpenMetrics names a counter's family without `_total`, so that a
 * reader of the other takes its samples for untyped ones; and that one, node_exporter's for its text files, refuses the
 * whole file for a type `info`. So there are two.
 *
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @see https://github.com/prometheus/node_exporter/issues/1988
 */
export function exposition(families: readonly Family[], format: MetricsFormat): string {
  const lines = families.flatMap((family) => familyLines(family, format));
  return `${[...lines, ...(format === "openmetrics" ? ["# EOF"] : [])].join("\n")}\n`;
}

function familyLines({ name, type, unit, help, samples }: Family, format: MetricsFormat): readonly string[] {
  const full = `${name}${SUFFIXES[type]}`;
  const isOpen = format === "openmetrics";
  const family = isOpen ? name : full;
  return [
    `# TYPE ${family} ${isOpen ? type : PROMETHEUS_TYPES[type]}`,
    ...(isOpen && unit !== undefined ? [`# UNIT ${family} ${unit}`] : []),
    `# HELP ${family} ${help}`,
    ...samples.map(({ suffix = "", labels, value }) => `${full}${suffix}${labelText(labels)} ${value}`),
  ];
}

function labelText(labels: Labels = {}): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value.replace(/[\\"\n]/g, escaped)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(character: string): string {
  return character === "\n" ? "\\n" : `\\${character}`;
}
