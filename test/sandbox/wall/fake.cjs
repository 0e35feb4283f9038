// Put in place of the evaluator: writes whatever record it is told to. The document is JSON: by what the wall's outer
// side says (`MODE SUSPECT FAILED`, `-` for none, or `*` for anything), the texts to write, each so many times, and how to end.
const fs = require("node:fs");

const [, , , mode, suspect, failed] = process.argv.slice(2);
const runs = JSON.parse(fs.readFileSync(0, "utf8"));
const run = runs[[mode, suspect || "-", failed || "-"].join(" ")] ?? runs["*"];

function write(bytes) {
  for (let written = 0; written < bytes.length; ) written += fs.writeSync(3, bytes, written);
}

for (const [text, times] of run.write) write(Buffer.from(text.repeat(times), "latin1"));
if (run.end === "abort") process.abort();
if (run.end === "wait") setTimeout(() => {}, 1e9);
else if (run.end !== undefined) process.kill(process.pid, run.end);
