// Run by pack-evaluator.ts in the evaluator's place, with its flags: runs it on one document, and writes V8's code cache of
// it when it ends. Words: SOURCE CACHE, then the evaluator's.
const { readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

const [node, self, source, cache, ...words] = process.argv;
process.argv = [node, self, ...words];
const script = new Script(readFileSync(source, "latin1"), { filename: "evaluator.cjs" });
const { kill } = process;
process.kill = (pid, signal) => {
  writeFileSync(cache, script.createCachedData());
  return kill.call(process, pid, signal);
};
script.runInThisContext()(require);
