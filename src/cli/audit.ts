import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Event } from "../../typings/events.d.ts";
import { type Audited, audit } from "../audit/audit.ts";
import { type AuditDocument, findDocuments, hostFolders } from "../audit/find-documents.ts";
import { hasFindings } from "../audit/mark.ts";
import { Matrix } from "../audit/matrix.ts";
import { Tally } from "../audit/tally.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { isEvent } from "../hook/events.ts";
import { jsonText } from "../log/json-text.ts";
import { UserError } from "../user-error.ts";
import { AuditReport } from "./audit-report.ts";
import { decisionJson } from "./decision-json.ts";
import { formatAudited } from "./format-audit.ts";
import { formatTotals } from "./format-tally.ts";
import { type BundleOptions, bundleOptions, checkBundleOptions, loadBundle } from "./load-bundle.ts";
import { pathOption } from "./path-option.ts";
import { Progress } from "./progress.ts";

interface AuditOptions extends BundleOptions {
  readonly event?: Event;
  readonly json?: true;
  readonly html?: string;
}

const EXAMPLE = `
Without places: the guests that are defined on this host, in /etc/libvirt, and
those that run, as they run, in /run/libvirt; one that is both has two
documents. A folder's documents are its *.xml, without those of its folders.
Nothing is written to the decision log.

The page that --html writes holds guests' names and parts of their documents,
passwords masked, and is readable by its owner alone.

Exit status: 0 none would be refused; 1 some would, or the audit failed; 64
wrong usage.

Example:
  $ virt-warden audit --config ./virt-warden.yaml --html report.html
  DENY  web1  (running)  /run/libvirt/qemu/web1.xml
    require-seclabel: deny: the guest is not confined (at seclabel, line 61)
        61 | <seclabel type='none' model='none'/>

  guest           1
  web1 (running)  ✖
  ✖ denied  ! warned  ~ exempt  ? failed or not judged  · nothing found

    #  policy            mode     denied  warned  failed  exempt  judged
    1  require-seclabel  enforce       1       0       0       0      12

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
    .option("--html <file>", "write a page to hand around as well, that needs no network", pathOption)
    .addHelpText("after", EXAMPLE)
    .action(async (places: readonly string[], options: AuditOptions, command: Command) => {
      checkBundleOptions(options, command);
      const documents = documentsOf(places, options.event, command);
      const bundle = await loadBundle(options);
      const version = command.parent?.version() ?? "";
      using report =
        options.html === undefined ? undefined : await AuditReport.start(options.html, { bundle, places, version });
      process.exitCode = await auditAll(bundle, documents, options.json === true, report);
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
async function auditAll(
  bundle: Bundle,
  documents: readonly AuditDocument[],
  isJson: boolean,
  report: AuditReport | undefined,
): Promise<number> {
  const tally = new Tally(bundle.manifest);
  const matrix = new Matrix(bundle.manifest);
  const progress = new Progress(documents.length);
  const warn = (reason: string): void => {
    progress.end();
    process.stderr.write(`virt-warden: warning: ${reason}; each document has a process of its own\n`);
  };
  for await (const audited of audit(bundle, documents, warn)) {
    tally.add(audited.decision);
    if (!isJson) matrix.add(audited);
    report?.add(audited);
    progress.print(textOf(audited, isJson));
  }
  progress.end();
  report?.write(tally);
  if (!isJson) process.stdout.write(`${formatTotals(tally, matrix)}\n`);
  return tally.refused === 0 ? 0 : 1;
}

function textOf(audited: Audited, isJson: boolean): string {
  if (isJson) return `${jsonText(decisionJson(audited.file, audited.decision, audited.excerpts))}\n`;
  return hasFindings(audited.decision) ? `${formatAudited(audited)}\n` : "";
}
