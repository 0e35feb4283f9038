// Takes the evaluator's place: runs the file that it is told of, if any, and at its end writes to the record which parts of
// Node were loaded, a line `loaded NAME` each.
const { writeSync } = require("node:fs");

const [node, self, program, ...words] = process.argv;
process.argv = [node, self, ...words];
const { kill } = process;
process.kill = (pid, signal) => {
  const loaded = process.moduleLoadList.filter((name) => name.startsWith("NativeModule "));
  writeSync(3, loaded.map((name) => `loaded ${name}\n`).join(""));
  return kill.call(process, pid, signal);
};
if (program === "none") process.kill(process.pid, "SIGKILL");
else require(program);
