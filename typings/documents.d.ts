/** A document beside the tests: `import web1 from "./samples/web1.xml"` gives its text. Policies cannot import any. */
declare module "*.xml" {
  const text: string;
  export default text;
}
