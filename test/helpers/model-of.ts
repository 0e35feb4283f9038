import { buildModel } from "../../src/model/build-model.ts";
import { parseXml } from "../../src/xml/parse.ts";
import type { Domain, DomainDisk } from "../../typings/index.d.ts";
import { guest } from "../support/documents.ts";

/** The model of a guest with these devices, as a policy gets it. */
export function guestModel(devices: string): Domain {
  const document = Buffer.from(guest(`<devices>${devices}</devices>`));
  return JSON.parse(JSON.stringify(buildModel(parseXml(document), "domain"))) as Domain;
}

/** The model of one disk. */
export function diskModel(disk: string): DomainDisk {
  const [found] = guestModel(disk).devices?.disk ?? [];
  if (found === undefined) throw new Error("the document has no disk");
  return found;
}
