import type { Snapshot } from '../../contract/snapshot.ts'

/** Within one core a lower revision never replaces a higher one; a new core starts anew. */
export function newestSnapshot(known: Snapshot | undefined, arrived: Snapshot): Snapshot {
  if (known === undefined || known.coreId !== arrived.coreId) return arrived
  return arrived.revision < known.revision ? known : arrived
}
