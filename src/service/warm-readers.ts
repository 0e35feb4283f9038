import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { readDocument } from "../engine/read-document.ts";
import { hookWords, readInvocation } from "../hook/invocation.ts";
import { now } from "../now.ts";
import { textOfInput } from "../sandbox/run-guest.ts";
import type { SecondReader } from "./second-reader.ts";
import { TYPICAL_DOCUMENTS } from "./typical-documents.ts";

/** How often a document is read: most of what V8 compiles for that, it has compiled then. */
const READS = 60;

/** How long all of it may take, in milliseconds, on a host that is busy. */
const MAX_TIME = 1500;

/** Reads typical documents, as decisions do, until that is as quick as it gets. Others have their turns between two. */
export async function warmReaders(reader: SecondReader): Promise<void> {
  const invocation = readInvocation(hookWords("qemu/prepare") ?? []);
  const document = Buffer.from(TYPICAL_DOCUMENTS.domain);
  const endsAt = now() + MAX_TIME;
  const late = sleep(MAX_TIME, undefined, { ref: false });
  for (let count = 0; count < READS && now() < endsAt; count += 1) {
    const isConfirmed = reader.confirm(document);
    const { view } = readDocument(invocation, document);
    textOfInput({ context: view.model, xml: view.xml });
    // a thread that does not start keeps nobody
    await (isConfirmed === undefined ? turn() : Promise.race([isConfirmed, late]));
  }
}
