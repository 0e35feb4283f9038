import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Event } from "../../typings/events.d.ts";
import { audit } from "../audit/audit.ts";
import { type AuditDocument, findDocuments, hostFolders } from "../audit/find-documents.ts";
import { hasFindings, Tally } from "../audit/tally.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { isEvent } from "../hook/events.ts";
import { jsonText } from "../log/json-text.ts";
import { UserError } from "../user-error.ts";
import { decisionJson } from "./decision-json.ts";
import { formatAudited, formatTally } from "./format-audit.ts";
import { type BundleOptions, bundleOptions, checkBundleOptions, loadBundle } from "./load-bundle.ts";
import { Progress } from "./progress.ts";

interface AuditOptions extends BundleOptions {
  readonly event?: Event;
  readonly json?: true;
}

const EXAMPLE = `
Without places: the guests that are defined on this host, in /etc/libvirt, and
those that run, as they run, in /run/libvirt. A folder's documents are its
*.xml, without those of its folders. Nothing is written to the decision log.

Exit status: 0 none would be refused; 1 some would, or the audit failed; 64
wrong usage.

Example:
  $ virt-warden audit --config ./virt-warden.yaml
  DENY  web1  /etc/libvirt/qemu/web1.xml
    require-seclabel: deny: the guest is not confined (at seclabel)

  policy            mode     denied  warned  failed  exempt  judged
  require-seclabel  enforce       1       0       0       0      12

  1 of 12 documents would be refused: 1 denied by policies`;

/** Adds the command `audit`. */
export function registerAudit(program: Command): void {
  const command = program
    .command("audit")
    .description("decide all guests of this host, or any folder of documents, before policies are enforced")
    .argument("[place...]", "folders and documents (default: this host's guests)");
  bundleOptions(command)
    .option("--event <event>", "the event, as <hook>/<operation> (default: a guest's prepare)", eventOption)
    .option("--json", "one JSON object a document a line, as eval prints it")
    .addHelpText("after", EXAMPLE)
    .action(async (places: readonly string[], options: AuditOptions, command: Command) => {
      checkBundleOptions(options, command);
      const documents = documentsOf(places, options.event, command);
      process.exitCode = await auditAll(await loadBundle(options), documents, options.json === true);
    });
}

/** @throws {UserError} where there are none, or a place cannot be read. */
function documentsOf(places: readonly string[], event: Event | undefined, command: Command): readonly AuditDocument[] {
  if (places.includes("")) command.error("error: a place is empty, as a variable that is not set: name a path");
  const folders = hostFolders(event);
  if (places.length === 0 && folders.length === 0) {
    command.error(`error: libvirt keeps no documents of ${event}: name files or folders`);
  }
  const isHost = places.length === 0;
  const documents = findDocuments(isHost ? folders : places, event, isHost);
  if (documents.length > 0) return documents;
  const looked = (isHost ? folders : places).map((place) => resolve(place));
  throw new UserError(looked.map((file) => ({ file, message: "there is no document here: no file *.xml" })));
}

function eventOption(value: string): Event {
  if (!isEvent(value)) throw new InvalidArgumentError("It is no event of libvirt's, such as qemu/prepare.");
  return value;
}

/** @returns the exit status. */
async function auditAll(bundle: Bundle, documents: readonly AuditDocument[], isJson: boolean): Promise<number> {
  const tally = new Tally(bundle.manifest);
  const progress = new Progress(documents.length);
  const warn = (reason: string): void => {
    process.stderr.write(`virt-warden: warning: ${reason}; each document has a process of its own\n`);
  };
  for await (const { file, decision } of audit(bundle, documents, warn)) {
    tally.add(decision);
    if (isJson) progress.print(`${jsonText(decisionJson(file, decision))}\n`);
    else progress.print(hasFindings(decision) ? `${formatAudited(file, decision)}\n` : "");
  }
  progress.end();
  const hasSaidSomething = tally.refused + tally.admittedWithFindings > 0;
  if (!isJson) process.stdout.write(`${hasSaidSomething ? "\n" : ""}${formatTally(tally)}\n`);
  return tally.refused === 0 ? 0 : 1;
}
