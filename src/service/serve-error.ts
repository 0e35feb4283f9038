/** The host does not let a service start, which an administrator can put right. */
export class ServeError extends Error {
  override readonly name = "ServeError";
}
