import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { get, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import { ask } from "../../src/service/ask.ts";
import { holdPort } from "../../src/service/hold-port.ts";
import { holdSocket } from "../../src/service/hold-socket.ts";
import { type Service, startService } from "../../src/service/start-service.ts";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, GUEST, LAUNCHER, run } from "../support/launcher.ts";
import { samplesOf } from "../support/openmetrics.ts";
import { waitFor } from "../support/process.ts";

let built: Built;
before(async () => {
  built = await build({ denies: 'if (context.object === "bad") context.deny("no");' });
});

/** What is answered at a Unix socket. */
function scrape(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path: "/metrics" }, (response) => void text(response).then(resolve, reject)).on("error", reject);
  });
}

describe("metrics of a service on a port of loopback", () => {
  const said: string[] = [];
  let service: Service;
  let url: string;
  before(async () => {
    const socket = join(await makeFolder(), "run/admit.sock");
    const metrics = { host: "127.0.0.1", port: 0 };
    const say = (line: string): void => void said.push(line);
    service = await startService({ bundleDir: built.bundle, socket, evaluators: 1, metrics, say });
    await service.ready;
    url = said.map((line) => /^virt-warden: metrics on (http:\S+)$/.exec(line)?.[1]).find(Boolean) ?? assert.fail();
  });
  after(() => service.stop());

  test("it counts what it decided, from within a namespace without a network", async () => {
    const asked = (object: string, digest = "-") => {
      const words = ["qemu", object, "prepare", "begin", "-"];
      return ask(service.socket, { words, digest, document: Buffer.from(GUEST), left: 1000 });
    };
    for (const object of ["web1", "bad", "bad"]) assert.ok("record" in (await asked(object)));
    const response = await fetch(url);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    const samples = samplesOf(await response.text(), "openmetrics");
    const expected = {
      'virt_warden_serve_decisions_total{event="qemu/prepare",decision="allow"}': 1,
      'virt_warden_serve_decisions_total{event="qemu/prepare",decision="deny"}': 2,
      'virt_warden_serve_denials_total{policy="denies"}': 2,
      virt_warden_serve_decision_duration_seconds_count: 3,
      virt_warden_serve_undecided_total: 0,
      virt_warden_serve_running_decisions: 0,
      virt_warden_serve_waiting_decisions: 0,
      virt_warden_serve_ready_evaluators: 1,
      virt_warden_serve_replaced_evaluators_total: 0,
      [`virt_warden_serve_bundle_info{digest="${service.state.digest}"}`]: 1,
    };
    for (const [key, value] of Object.entries(expected)) assert.equal(samples[key], value, key);
  });

  test("readers of the older format alone get that", async () => {
    const response = await fetch(url, { headers: { accept: "text/plain;version=0.0.4" } });
    assert.equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert.equal(samplesOf(await response.text(), "prometheus").virt_warden_serve_ready_evaluators, 1);
  });

  test("nothing else is answered, and a request that is too large is refused", async () => {
    assert.equal((await fetch(new URL("/", url))).status, 404);
    assert.equal((await fetch(url, { method: "POST", body: "x" })).status, 405);
    const status = await new Promise((resolve, reject) => {
      const large = request(url, { headers: { large: "x".repeat(10_000) } }, ({ statusCode }) => resolve(statusCode));
      large.on("error", reject).end();
    });
    assert.equal(status, 431);
  });
});

test("metrics on a Unix socket go with the service, and are there again when the listener was killed", async () => {
  const folder = await makeFolder();
  const path = join(folder, "run/metrics.sock");
  const socket = join(folder, "run/admit.sock");
  const service = await startService({ bundleDir: built.bundle, socket, evaluators: 1, metrics: { path } });
  try {
    await service.ready;
    const first = service.listenerPid ?? assert.fail();
    assert.equal(samplesOf(await scrape(path), "openmetrics").virt_warden_serve_undecided_total, 0);
    process.kill(first, "SIGKILL");
    await waitFor(() => (service.listenerPid !== undefined && service.listenerPid !== first ? true : undefined));
    assert.match(await scrape(path), /# EOF\n$/);
  } finally {
    await service.stop();
  }
  await assert.rejects(scrape(path), /ENOENT/);
});

test("a socket that systemd passes under the name metrics is for these", async () => {
  const socket = join(await makeFolder(), "admit.sock");
  const [hooks, metrics] = [await holdSocket(socket), await holdPort({ host: "127.0.0.1", port: 0 })];
  const words = [LAUNCHER, "serve", "--bundle", built.bundle, "--socket", socket, "--evaluators", "1"];
  const child = spawn("sh", ["-c", 'LISTEN_PID=$$ exec "$@"', "sh", ...words], {
    stdio: ["ignore", "ignore", "pipe", hooks.descriptor, metrics.descriptor],
    env: { ...process.env, LISTEN_FDS: "2", LISTEN_FDNAMES: "virt-warden.socket:metrics" },
  });
  try {
    const url = `http://127.0.0.1:${metrics.port}/metrics`;
    assert.match(await (await fetch(url)).text(), /^virt_warden_serve_undecided_total 0$/m);
  } finally {
    child.kill("SIGTERM");
    await once(child, "close");
    await Promise.all([hooks.release(), metrics.release()]);
  }
});

test("an address that other hosts reach has to be asked for, and what is no address is wrong usage", async () => {
  const socket = join(await makeFolder(), "admit.sock");
  const serve = (...words: readonly string[]) => run(["serve", "--bundle", built.bundle, "--socket", socket, ...words]);
  for (const address of ["0.0.0.0:9177", "[::]:9177", "192.0.2.1:9177"]) {
    const { status, stderr } = await serve("--metrics", address);
    assert.deepEqual([status, stderr], [64, PUBLIC]);
  }
  for (const address of ["9177", "localhost:9177", "127.0.0.1:99999", "127.0.0.1", ""]) {
    const { status, stderr } = await serve("--metrics", address);
    assert.equal(status, 64, address);
    assert.match(stderr, /It is an IP address with a port/);
  }
  const { status, stderr } = await serve("--metrics", "192.0.2.1:9177", "--metrics-public");
  assert.equal(status, 1);
  assert.match(stderr, /^virt-warden: cannot listen for metrics: listen EADDRNOTAVAIL/);
});

const PUBLIC = "error: --metrics is an address that other hosts reach: add --metrics-public if it is to be\n";
