/** A test uses the API in a way that cannot be. */
export class TestError extends Error {
  override readonly name = "TestError";
}
