import type { PciAddress } from "../../typings/helpers.d.ts";

/** What helpers read of a disk, a mirror, a backing store or a data store: all that any of their types has. */
export interface Storage {
  readonly type?: string | undefined;
  /** A mirror's path, as libvirt wrote it before mirrors had types. */
  readonly file?: string | undefined;
  readonly source?: StorageSource | undefined;
  readonly backingStore?: Storage | undefined;
  readonly mirror?: Storage | undefined;
}

/** A source with the members of every type. */
export interface StorageSource {
  readonly file?: string | undefined;
  readonly dev?: string | undefined;
  readonly dir?: string | undefined;
  readonly path?: string | undefined;
  readonly protocol?: string | undefined;
  readonly name?: string | undefined;
  readonly query?: string | undefined;
  readonly pool?: string | undefined;
  readonly volume?: string | undefined;
  readonly namespace?: number | string | undefined;
  readonly address?: PciAddress | undefined;
  readonly dataStore?: Storage | undefined;
}
