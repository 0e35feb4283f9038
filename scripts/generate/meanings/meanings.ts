/** What the parts of documents mean, by path. */
export type Meanings = Readonly<Record<string, string>>;
