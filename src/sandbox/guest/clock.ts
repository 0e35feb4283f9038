import { bound } from "./recorder.ts";

const { construct } = Reflect;

/**
 * Has a policy's clock show an instant and go on from there: for tests. Runs before any of the policy's code.
 *
 * @param time In milliseconds since 1970.
 */
export function setClock(time: number): void {
  const Host = Date;
  const hostNow = Host.now;
  const ahead = time - hostNow();
  const now = (): number => hostNow() + ahead;
  Host.now = bound(now);
  const handler: ProxyHandler<DateConstructor> = {
    apply: () => new Host(now()).toString(),
    construct: (target, given, made) => construct(target, given.length === 0 ? [now()] : given, made) as Date,
  };
  globalThis.Date = new Proxy(Host, Object.setPrototypeOf(handler, null) as typeof handler);
  Host.prototype.constructor = globalThis.Date;
}
