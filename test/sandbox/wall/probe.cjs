// Put in place of the evaluator: what somebody would do who has taken over the whole process. The document is JSON,
// `{ attempt, … }`; what the attempt found becomes the reason of the
// decision's one finding.
const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const net = require("node:net");

const RECORD = 3;

/** What came of it, or the error's code. */
const outcomeOf = (work) => {
  try {
    return work();
  } catch (error) {
    return error.code ?? error.message;
  }
};

const statusLine = (text, key) => new RegExp(`^${key}:\\s*(.*?)\\s*$`, "m").exec(text)?.[1];

const ATTEMPTS = {
  connect: ({ port }) =>
    new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1");
      socket.once("connect", () => resolve("connected")).once("error", (error) => resolve(error.code));
    }),
  read: ({ path }) => outcomeOf(() => fs.readFileSync(path, "utf8")),
  write: ({ path }) => outcomeOf(() => fs.writeFileSync(path, "x") ?? "written"),
  signal: ({ pid, signal }) => outcomeOf(() => process.kill(pid, signal) && "sent"),
  "signal-parent": () => outcomeOf(() => process.kill(process.ppid, 0) && "sent"),
  // runs on in a session of its own
  leave: ({ seconds }) => {
    spawn("sleep", [seconds], { detached: true, stdio: "ignore" });
    return "started";
  },
  // becomes another program itself, and so never reports
  become: ({ program, held }) => {
    // keeps the record open
    if (held !== undefined) spawn("sleep", [held], { detached: true, stdio: ["ignore", RECORD, "ignore"] });
    process.execve(`/usr/bin/${program[0]}`, program, {});
  },
  wait: () => new Promise((resolve) => setTimeout(resolve, 1e9)),
  loop: () => {
    for (;;);
  },
  // all that it may signal, for ever
  "stop-all": () => outcomeOf(() => process.kill(-1, "SIGSTOP")) && ATTEMPTS.loop(),
  "share-memory": ({ bytes }) => spawnSync("ipcmk", ["-M", bytes]).stdout.toString() && "made",
  run: ({ program }) => spawnSync(program[0], program.slice(1)).stdout.toString().trim(),
  // as MiB
  allocate: ({ most }) => {
    const all = [];
    while (all.length * 8 < most && outcomeOf(() => all.push(Buffer.alloc(8 << 20))) === all.length);
    return all.length * 8;
  },
  open: ({ most }) => {
    let count = 0;
    while (count < most && outcomeOf(() => fs.openSync("/dev/null")) > 0) count += 1;
    return count;
  },
  limit: ({ of }) =>
    new RegExp(`^Max ${of} +\\S+ +(\\S+)`, "m").exec(fs.readFileSync("/proc/self/limits", "utf8"))?.[1],
  status: ({ key }) => statusLine(fs.readFileSync("/proc/self/status", "utf8"), key),
  // of another program that it starts
  "status-of": ({ program, key }) => statusLine(spawnSync(program, ["/proc/self/status"]).stdout.toString(), key) ?? "",
  environment: () => JSON.stringify(process.env),
  folder: () => process.cwd(),
  compile: () => typeof WebAssembly,
  descriptors: () => {
    const links = fs.readdirSync("/proc/self/fd").map((fd) => outcomeOf(() => fs.readlinkSync(`/proc/self/fd/${fd}`)));
    return links.join(" ");
  },
};

async function main() {
  fs.writeSync(RECORD, "virt-warden-record 1\n");
  const { attempt, ...parameters } = JSON.parse(fs.readFileSync(0, "utf8"));
  const found = await ATTEMPTS[attempt](parameters);
  const finding = { policy: "probe", level: "warn", mode: "audit", reason: String(found) };
  // COMMAND DIGEST LEFT MODE SUSPECT FAILED SKIPPED INHERITED PORT HOOK OBJECT
  const object = process.argv.slice(2).at(-4);
  const decision = { object, decision: "allow", status: 0, findings: [finding], failures: [], policies: [] };
  fs.writeSync(RECORD, `verdict 0\nlog ${JSON.stringify(decision)}\nend\n`);
  process.exit();
}

void main();
