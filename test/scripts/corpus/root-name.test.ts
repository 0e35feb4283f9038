import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rootName } from "../../../scripts/corpus/root-name.ts";

describe("rootName() reads the root element's name", () => {
  const cases: [what: string, document: string, name: string | undefined][] = [
    ["of an element at the start", "<domain", "domain"],
    ["of an element with a prefix", `<l:domain xmlns:l="urn:l"`, "domain"],
    [
      "after all that may stand before it",
      `<?xml version="1.0"?>\n<!-- <a> -->\t<!DOCTYPE b [ <!ENTITY c "<d>"> ] ><?e <f> ?>\r\n<network>`,
      "network",
    ],
    ["after a DOCTYPE without declarations", `<!DOCTYPE a SYSTEM "b"><domain>`, "domain"],
    ["nowhere in an empty document", "", undefined],
    ["nowhere in text", "domain", undefined],
    ["nowhere behind text", "x<domain>", undefined],
    ["nowhere in a comment without an end", "<!-- <domain>", undefined],
    ["nowhere in an instruction without an end", "<?a <domain>", undefined],
    ["nowhere in a DOCTYPE without an end", "<!DOCTYPE a [ <domain>", undefined],
  ];
  for (const [what, document, name] of cases) {
    it(what, () => assert.equal(rootName(new TextEncoder().encode(document)), name));
  }

  it("whatever the encoding", () => {
    for (const encoding of ["utf8", "utf16le"] as const) {
      assert.equal(rootName(Buffer.from("\uFEFF<domain/>", encoding)), "domain");
    }
  });

  it("and comes to an end where very many parts lead to no element", () => {
    for (const part of ["<!--a-->", "<!DOCTYPE a [ ] >", "<?a?>", " ", "<!--", "<!DOCTYPE a [ ]"]) {
      assert.equal(rootName(Buffer.from(`${part.repeat(10_000)}x`)), undefined, part);
    }
    assert.equal(rootName(Buffer.from(`${"<!--a-->".repeat(10_000)}<domain`)), "domain");
  });
});
