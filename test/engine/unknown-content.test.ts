import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decisionLine } from "../../src/log/decision-line.ts";
import type { Event } from "../../typings/events.d.ts";
import { guest, hookData } from "../support/documents.ts";
import { decideWith } from "./decide-with.ts";

const NAMESPACE = "xmlns:x='urn:x'";

function decide(document: string, event: Event = "qemu/prepare") {
  return decideWith([{ name: "a", on: [event] }], { event, document });
}

describe("a decision about content that libvirt's schema does not know", () => {
  it("says in its log line how much there was, and where", async () => {
    const decision = await decide(guest("<cpu colour='red'/><later/>"));
    assert.deepEqual(JSON.parse(decisionLine(decision)).unknown, {
      count: 2,
      first: ["cpu/@colour at 7:3", "domain/later at 7:22"],
    });
    assert.equal(decision.status, 0);
  });

  it("says so of a network's document too", async () => {
    const { unknown } = await decide(hookData("<later/>"), "network/started");
    assert.equal(unknown?.count, 1);
  });

  it("says nothing where there is none", async () => {
    assert.equal(Object.hasOwn(await decide(guest("<cpu mode='custom'/>")), "unknown"), false);
  });
});

describe("a name of libvirt's in another namespace, which libvirt may take for its own", () => {
  const documents = [
    guest(`<cpu ${NAMESPACE} x:mode='host-passthrough'/>`),
    guest(`<devices><disk type='file'><x:source ${NAMESPACE} file='/etc/shadow'/></disk></devices>`),
  ];

  for (const document of documents) {
    it(`refuses the raw document of a restore: ${document.split("\n")[6]?.trim()}`, async () => {
      await assert.rejects(decide(document, "qemu/restore"), { name: "DocumentError", code: "ambiguous", line: 7 });
    });

    it("is only noted in a document that libvirt wrote", async () => {
      const { status, unknown } = await decide(document);
      assert.equal(status, 0);
      assert.equal(unknown?.count, 1);
    });
  }

  it("is not one that libvirt has no name for, nor anything under metadata", async () => {
    const document = guest(
      `<cpu ${NAMESPACE} x:colour='red'/><metadata><x:cpu ${NAMESPACE} x:mode='maximum'/></metadata>`,
    );
    assert.equal((await decide(document, "qemu/restore")).status, 0);
  });
});
