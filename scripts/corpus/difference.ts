/** What is not as it should be, and where: an XPath for what a document has, a policy's expression for a model. */
export interface Difference {
  readonly place: string;
  readonly message: string;
}
