import { spawn } from "node:child_process";

/** Tells systemd how the service is, where systemd started it: `READY=1` and the like, as sd_notify(3) has them. */
export class Notifier {
  readonly #isAsked: boolean;
  #sent: Promise<void> = Promise.resolve();

  constructor(environment: NodeJS.ProcessEnv = process.env) {
    this.#isAsked = environment.NOTIFY_SOCKET !== undefined;
  }

  /** Tells it, after what was told before. */
  tell(...states: readonly string[]): Promise<void> {
    if (this.#isAsked) this.#sent = this.#sent.then(() => send(states));
    return this.#sent;
  }
}

/** Node has no datagrams on UNIX sockets. What cannot be told is not: systemd acts by its own timeout then. */
function send(states: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    // 3 is the listening socket where systemd passed one
    const child = spawn("systemd-notify", [...states], { stdio: ["ignore", "ignore", "inherit", "ignore"] });
    child.once("error", () => resolve()).once("exit", () => resolve());
  });
}
