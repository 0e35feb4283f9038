import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { LAUNCHER } from "../support/launcher.ts";

/** How long it may take to end when it is asked to, in milliseconds. */
const PATIENCE = 20_000;

/** `virt-warden serve`, as it is started without a service manager. */
export class ServeProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = "";
  #restarts = 0;

  constructor(bundle: string, socket: string) {
    const words = ["serve", "--bundle", bundle, "--socket", socket];
    const child = spawn(LAUNCHER, words, { stdio: ["ignore", "ignore", "pipe"], cwd: "/" });
    this.#child = child;
    this.#ended = once(child, "exit");
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#restarts += text.split("serve is started again").length - 1;
      this.#said = (this.#said + text).slice(-2000);
    });
  }

  /** Of the shell that starts the service again. */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`Cannot start ${LAUNCHER} serve`);
    return this.#child.pid;
  }

  /** How often the service was started again. */
  get restarts(): number {
    return this.#restarts;
  }

  /** The last of what it said. */
  get said(): string {
    return this.#said;
  }

  /** Asks it to end, and gives its exit status; `null` where it had to be killed. */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE);
    await this.#ended;
    clearTimeout(timer);
    return this.#child.exitCode;
  }
}
