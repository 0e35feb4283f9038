/** A request that is not answered with a verdict: its asker decides itself. The message is its reason, printable ASCII. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}
