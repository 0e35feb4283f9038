/** What a test asks for cannot be: its own mistake, whose message it is told. */
export class TestFault extends Error {
  override readonly name = "TestFault";
}
