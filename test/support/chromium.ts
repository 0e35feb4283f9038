import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** Options for a test that needs a browser: skipped where there is none, but never in CI, where it must run. */
export function needsChromium(): { skip?: string } {
  if (program() !== undefined) return {};
  if (process.env.CI !== undefined) throw new Error("these tests need chromium, and CI must run them");
  return { skip: "there is no chromium; try: sudo apt-get install --no-install-recommends chromium" };
}

function program(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Keys of a keyboard: what they write, and their numbers on Windows, which the protocol asks for. */
const KEYS = {
  Tab: { number: 9, text: undefined },
  Enter: { number: 13, text: "\r" },
  Space: { number: 32, text: " " },
} as const;

/** A message of the DevTools protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A headless browser with one tab, driven through a pipe.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export class Chromium implements AsyncDisposable {
  /** What the tab told of itself since it was opened: requests, messages on its console, uncaught errors. */
  readonly requests: string[] = [];
  readonly complaints: string[] = [];

  readonly #folder: string;
  readonly #child: ReturnType<typeof spawn>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #loaded: (() => void) | undefined;
  #session: string | undefined;
  #last = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
    const words = [...flags, "--remote-debugging-pipe", `--user-data-dir=${folder}`, "about:blank"];
    this.#child = spawn(program() ?? "", words, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", () => resolve()).once("close", () => resolve());
    });
    this.#ended.then(() => this.#failAll("the browser ended"));
    this.#read(this.#child.stdio[4] as Readable);
    (this.#child.stdio[3] as Writable).on("error", () => {});
  }

  static async start(): Promise<Chromium> {
    const browser = new Chromium(await mkdtemp(join(tmpdir(), "virt-warden-chromium-")));
    const { targetInfos } = await browser.send<{ targetInfos: { type: string; targetId: string }[] }>(
      "Target.getTargets",
    );
    const targetId = targetInfos.find(({ type }) => type === "page")?.targetId;
    const attached = await browser.send<{ sessionId: string }>("Target.attachToTarget", { targetId, flatten: true });
    browser.#session = attached.sessionId;
    for (const domain of ["Page", "Network", "Runtime", "Log"]) await browser.send(`${domain}.enable`);
    return browser;
  }

  /** Opens a page, and waits until it is loaded. */
  async open(address: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => {
      this.#loaded = resolve;
    });
    await this.send("Page.navigate", { url: address });
    await loaded;
  }

  /** The value of an expression in the page, as JSON carries it. */
  async value<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{ result: { value: T }; exceptionDetails?: object }>(
      "Runtime.evaluate",
      { expression, returnByValue: true, awaitPromise: true },
    );
    if (exceptionDetails !== undefined) throw new Error(`${expression} failed: ${JSON.stringify(exceptionDetails)}`);
    return result.value;
  }

  /** Presses a key as a keyboard does. */
  async press(key: keyof typeof KEYS): Promise<void> {
    const { text, number } = KEYS[key];
    for (const type of ["keyDown", "keyUp"]) {
      await this.send("Input.dispatchKeyEvent", {
        type,
        key: key === "Space" ? " " : key,
        code: key,
        windowsVirtualKeyCode: number,
        ...(text === undefined ? {} : { text }),
      });
    }
  }

  /** Says to the browser what it is to do. */
  send<T>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const id = ++this.#last;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    const answer = new Promise<T>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  #read(pipe: Readable): void {
    let rest = "";
    pipe.setEncoding("utf8").on("data", (text: string) => {
      const messages = `${rest}${text}`.split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) this.#take(JSON.parse(message) as Message);
    });
  }

  #take({ id, method, params = {}, result, error }: Message): void {
    if (id === undefined) {
      this.#note(method ?? "", params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(`the browser refuses: ${error.message}`));
  }

  #note(method: string, params: Readonly<Record<string, unknown>>): void {
    if (method === "Page.loadEventFired") this.#loaded?.();
    if (method === "Network.requestWillBeSent") this.requests.push((params.request as { url: string }).url);
    if (["Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"].includes(method)) {
      this.complaints.push(JSON.stringify(params));
    }
  }

  #failAll(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
