import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { missingForLibvirt } from "../libvirt/host/requirements.ts";
import { DOCUMENTS, readDocument, runDocument } from "./documents.ts";
import { commandsOf, comparable } from "./session.ts";
import { readSteps } from "./steps.ts";

for (const [file, place] of Object.entries(DOCUMENTS)) {
  const skip = place === "host" ? missingForLibvirt() : false;
  describe(`what ${file} says`, { skip, timeout: 180_000 }, () => {
    it("is what its commands show, from its first line to its last, without a network", async () => {
      const commands = commandsOf(readSteps(readDocument(file)));
      const shown = await runDocument(file);
      const compared = commands.map(({ text }, index) => `$ ${text}\n${comparable(shown[index] ?? "(not run)")}`);
      assert.deepEqual(
        compared,
        commands.map((command) => `$ ${command.text}\n${comparable(command.shown)}`),
        `not what ${file} shows: npm run docs:examples ${file} writes down what it is`,
      );
      assert.equal(shown.length, commands.length);
    });
  });
}
