const SIGNALS = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/**
 * Cleans up before a signal ends this process, which then ends by that signal as it would have.
 *
 * @returns takes it back.
 */
export function beforeSignals(clean: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    clean();
    takeBack();
    process.kill(process.pid, signal);
  };
  const takeBack = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  return takeBack;
}
