/** What keeps the bench from measuring, and whoever runs it can put right. */
export class BenchError extends Error {
  override readonly name = "BenchError";
}
