import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { describe as describeSchemas } from "../../../scripts/generate/describe.ts";
import { generate } from "../../../scripts/generate/generate.ts";
import { MEANINGS } from "../../../scripts/generate/meanings/index.ts";
import { createLookup } from "../../../scripts/generate/meanings/lookup.ts";
import { SCHEMAS, SUBJECTS } from "../../../scripts/generate/subjects.ts";

const FOLDER = "/usr/share/libvirt/schemas";
const MISSING = `${FOLDER} is missing; install libvirt: apt-get install libvirt0`;

describe("generate() for the libvirt that this machine has", {
  skip: existsSync(FOLDER) || process.env.CI ? false : MISSING,
}, () => {
  it("describes its documents, the same in every run", () => {
    assert.ok(existsSync(FOLDER), MISSING);
    const read = (file: string) => readFileSync(join(FOLDER, file), "utf8");
    const description = describeSchemas(SCHEMAS, read);
    assert.deepEqual(describeSchemas(SCHEMAS, read), description);
    const { typings } =
      generate(description, SUBJECTS, createLookup(MEANINGS)).get("domain") ?? assert.fail("generates nothing");
    assert.match(typings, /export type DomainDisk =\n {2}\| DomainDiskFile\n {2}\| DomainDiskBlock/);
    assert.match(typings, /readonly "qemu:commandline"\?: DomainQemuCommandline;/);
  });
});
