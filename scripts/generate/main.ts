import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generate, type Subject } from "./generate.ts";

const DOMAIN: Subject = { base: "Domain", schemas: [{ file: "domain.rng", type: "Domain" }], table: "domainTable" };
const NETWORK: Subject = {
  base: "Network",
  schemas: [
    { file: "network.rng", type: "Network" },
    { file: "networkport.rng", type: "NetworkPort" },
  ],
  table: "networkTable",
};

const project = join(import.meta.dirname, "../..");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { version: { type: "string" } } });
const directory = positionals[0] ?? process.env.LIBVIRT_SCHEMAS ?? "/usr/share/libvirt/schemas";

if (!existsSync(join(directory, "domain.rng"))) {
  console.error(`Cannot generate: ${directory} holds no domain.rng; name the folder of libvirt's schemas:`);
  console.error("  npm run generate -- [--version TEXT] SCHEMA_DIR");
  process.exitCode = 1;
} else {
  write("domain", DOMAIN);
  write("network", NETWORK);
}

function write(name: string, subject: Subject): void {
  const { typings, table } = generate(subject, (file) => readFileSync(join(directory, file), "utf8"), values.version);
  writeFileSync(join(project, `typings/${name}.d.ts`), typings);
  writeFileSync(join(project, `src/model/${name}.generated.ts`), table);
  console.log(`typings/${name}.d.ts ${typings.length}, src/model/${name}.generated.ts ${table.length} characters`);
}
