import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { openStore, type Store } from '../../src/main/store/open-store.ts'
import { sampleSeal } from '../../src/main/store/testing/sample.ts'
import type { Sealer } from '../../src/main/sync/seal.ts'
import { syntheticDossier } from '../support/kiosk-client.ts'

/** The kiosk's own store on a real disk, with a compartment for each of so many dossiers. */
export function openBenchStore(folder: string, dossiers: number): Store {
  return openStore({
    folder,
    kioskId: 'K07',
    compartments: Array.from({ length: dossiers }, (_, index) => ({
      number: index + 1,
      kind: 'drop',
    })),
    supplies: {
      bags: { capacity: dossiers + 1, lowAt: 0 },
      paper: { capacity: 76_000, lowAt: 0 },
    },
    clock: { now: () => new Date(), runningMs: () => Math.round(performance.now()) },
    newKey: uuidv7,
    newInstance: randomUUID,
  })
}

/** Dossier `number`, sealed for the province and waiting at its open door. */
export async function sealBenchDossier(store: Store, sealer: Sealer, number: number) {
  const seal = sampleSeal(number, number)
  const sealed = await sealer.seal(JSON.stringify(syntheticDossier(seal.intakeId)))
  const input = { ...seal, sealed }
  store.flow.sealDossier(input)
  store.flow.recordDepositUnlock(seal.intakeId)
  return input
}

/** The exact texts in the outbox, oldest first, read by a connection of its own. */
export function openOutboxReader(folder: string) {
  const db = new Sqlite(join(folder, databaseFileName), { readonly: true })
  const all = db.prepare<[], string>('SELECT payload FROM outbox ORDER BY sequence').pluck()
  const newest = db
    .prepare<[], string>('SELECT payload FROM outbox ORDER BY sequence DESC LIMIT 1')
    .pluck()
  return {
    all: () => all.all(),
    newest: () => newest.get() ?? '',
    close: () => db.close(),
  }
}
