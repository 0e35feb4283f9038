/** Options for a test that only root can run: skipped for others, but never in CI, where it must run. */
export function needsRoot(): { skip?: string } {
  if (process.getuid?.() === 0) return {};
  if (process.env.CI !== undefined) throw new Error("these tests need root, and CI must run them");
  return { skip: "only root can run this; try: sudo npm test" };
}
