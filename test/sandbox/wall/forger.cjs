// Put in place of the evaluator: gives the verdict that the object's name asks for, `STATUS` or `STATUS DOCUMENT`, as one
// that was taken over could.
const fs = require("node:fs");

const object = process.argv.at(-4);
const [status, document] = object.split(" ");
const lines = [
  "virt-warden-record 1",
  `verdict ${status}`,
  ...(document ? [`document ${document}`] : []),
  "log {}",
  "end",
];
fs.writeSync(3, `${lines.join("\n")}\n`);
