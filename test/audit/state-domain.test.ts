import assert from "node:assert/strict";
import { test } from "node:test";
import { stateDomain } from "../../src/audit/state-domain.ts";
import { guest } from "../support/documents.ts";
import { stateFile } from "../support/private-run.ts";

const domainOf = (text: string) =>
  stateDomain(Buffer.from(text)) && Buffer.from(stateDomain(Buffer.from(text)) ?? []).toString();

test("of a state file the guest is taken, each of its lines where the file has it", () => {
  const state = stateFile(guest("<title>käse</title>"));
  const domain = domainOf(state) ?? "";
  assert.match(domain, /^\n+ {2}<domain type='kvm'>\n.*<title>käse<\/title>.*\n {2}<\/domain>$/s);
  const lines = state.split("\n");
  for (const [index, line] of domain.split("\n").entries()) {
    if (line !== "") assert.equal(line, lines[index]);
  }
});

test("a definition is no state, whatever it holds", () => {
  const within = guest(
    `<metadata><a xmlns='urn:a'>\n<domstatus >\n  <domain type='kvm'>\n  </domain>\n</domstatus></a></metadata>`,
  );
  for (const text of [guest(), `<!--\na comment <domstatus >\n-->\n${within}`, within, "", "<domstatus"]) {
    assert.equal(domainOf(text), undefined, text);
  }
});

test("a state that holds no whole guest is left as it is", () => {
  const state = stateFile(guest());
  assert.equal(domainOf(state.replace("</domain>", "")), undefined);
  assert.equal(domainOf(state.replace("<domain ", "<guest ")), undefined);
});
