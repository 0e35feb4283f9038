// Charts as SVG, with nothing but shapes and text: no scripts, no fonts of elsewhere.

/** A line of a chart. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A chart with two logarithmic axes; y is in milliseconds. */
export interface ChartText {
  readonly title: string;
  readonly xLabel: string;
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  readonly lines: readonly Line[];
}

const WIDTH = 720;
const HEIGHT = 440;
const PLOT = { left: 72, right: 560, top: 52, bottom: 380 };

/** Each readable on white and on black. */
const LINES = ["#1b7fd1", "#e0641c", "#17a05d", "#b45cc8", "#a08a00"];

const STYLE = `
  .panel { fill: #ffffff } .text { fill: #1f2328 } .dim { fill: #59636e }
  .grid { stroke: #d1d9e0 } .axis { stroke: #59636e } .guide { stroke: #59636e; stroke-dasharray: 5 5 }
  @media (prefers-color-scheme: dark) {
    .panel { fill: #0d1117 } .text { fill: #f0f6fc } .dim { fill: #9198a1 }
    .grid { stroke: #30363d } .axis { stroke: #9198a1 } .guide { stroke: #9198a1 }
  }
  text { font: 13px system-ui, sans-serif } .title { font-size: 16px; font-weight: 600 }`;

/** Draws a chart. Its panel is part of it, so that it can be read whatever is around it. */
export function chartSvg({ title, xLabel, xTicks, lines }: ChartText): string {
  const xs = xTicks.map(({ x }) => x);
  const ys = lines.flatMap(({ points }) => points.map(([, y]) => y));
  const yTicks = ticksAround(Math.min(...ys), Math.max(...ys));
  const x = scale(Math.min(...xs), Math.max(...xs), PLOT.left + 16, PLOT.right - 16);
  const y = scale(yTicks[0] as number, yTicks.at(-1) as number, PLOT.bottom, PLOT.top);
  const parts = [
    `<rect class="panel" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    text(PLOT.left, 30, "title text", title),
    ...yTicks.flatMap((value) => [
      segment("grid", [PLOT.left, y(value)], [PLOT.right, y(value)]),
      text(PLOT.left - 8, y(value) + 4, "dim", millisecondsLabel(value), "end"),
    ]),
    segment("axis", [PLOT.left, PLOT.top], [PLOT.left, PLOT.bottom]),
    segment("axis", [PLOT.left, PLOT.bottom], [PLOT.right, PLOT.bottom]),
    ...xTicks.flatMap((tick) => [
      segment("axis", [x(tick.x), PLOT.bottom], [x(tick.x), PLOT.bottom + 5]),
      text(x(tick.x), PLOT.bottom + 20, "dim", tick.label, "middle"),
    ]),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 14, "text", xLabel, "middle"),
    ...lines.flatMap((line, index) => drawn(line, index, x, y)),
    ...guide(lines, x, y, yTicks[0] as number, lines.length),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
${parts.join("\n")}
</svg>
`;
}

type Scale = (value: number) => number;

function scale(least: number, most: number, start: number, end: number): Scale {
  return (value) => start + ((end - start) * Math.log(value / least)) / Math.log(most / least);
}

/** 1, 2 and 5 times powers of ten, from the last one below to the first one above; where there are many, powers alone. */
function ticksAround(least: number, most: number): readonly number[] {
  const powers = Array.from({ length: 14 }, (_, index) => 10 ** (index - 4));
  const isWide = most / least > 200;
  const all = isWide ? powers : powers.flatMap((power) => [power, 2 * power, 5 * power]);
  const first = all.findLastIndex((value) => value <= least);
  const last = all.findIndex((value) => value >= most);
  return all.slice(Math.max(0, first), Math.max(last, first + 1) + 1);
}

function drawn({ name, points }: Line, index: number, x: Scale, y: Scale): string[] {
  const colour = LINES[index % LINES.length] as string;
  const places = points.map(([px, py]) => [x(px), y(py)] as const);
  const path = places.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2.5"/>`,
    ...places.map(([px, py]) => `<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="3.5" fill="${colour}"/>`),
    `<rect x="${PLOT.right + 16}" y="${legendY(index) - 8}" width="18" height="4" fill="${colour}"/>`,
    text(PLOT.right + 42, legendY(index), "text", name),
  ];
}

/** From the end of the first line back, as it would run if it were linear, as far as the plot goes. */
function guide(lines: readonly Line[], x: Scale, y: Scale, bottom: number, index: number): string[] {
  const points = lines[0]?.points ?? [];
  const [[startX] = [1], [endX, endY] = [1, 1]] = [points[0], points.at(-1)];
  const fromX = Math.max(startX as number, (endX * bottom) / endY);
  const legend: readonly (readonly [number, number])[] = [
    [PLOT.right + 16, legendY(index) - 6],
    [PLOT.right + 34, legendY(index) - 6],
  ];
  return [
    segment("guide", [x(fromX), y((endY * fromX) / endX)], [x(endX), y(endY)]),
    segment("guide", legend[0] as readonly [number, number], legend[1] as readonly [number, number]),
    text(PLOT.right + 42, legendY(index), "dim", "linear"),
  ];
}

function legendY(index: number): number {
  return PLOT.top + 16 + 24 * index;
}

function segment(kind: string, [x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string {
  const [a, b, c, d] = [x1, y1, x2, y2].map((value) => value.toFixed(1));
  return `<line class="${kind}" x1="${a}" y1="${b}" x2="${c}" y2="${d}"/>`;
}

function text(x: number, y: number, kind: string, words: string, anchor = "start"): string {
  return `<text class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function millisecondsLabel(value: number): string {
  return value >= 1000 ? `${value / 1000} s` : `${Number(value.toPrecision(1))} ms`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
