import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import Sqlite from 'better-sqlite3'
import { databaseFileName } from '../../src/main/store/connection.ts'
import type { Store } from '../../src/main/store/open-store.ts'
import { createSealer, type Sealer } from '../../src/main/sync/seal.ts'
import { openBenchStore, sealBenchDossier } from './bench-store.ts'
import { atMost, ratioOf, round, rounded } from './figure.ts'
import type { Part } from './part.ts'
import { summary } from './series.ts'

const deposits = 400
const largeWalBytes = 256_000_000
const blobBytes = 1_000_000

/** A deposit's commit while a reader has kept the write-ahead log from being taken in for very long. */
export const measureLargeWal: Part = async ({ progress }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-wal-'))
  const store = openBenchStore(folder, 2 * deposits)
  const path = join(folder, databaseFileName)
  const sealer = createSealer(await identityToRecipient(await generateIdentity()))
  const walBytes = () => statSync(`${path}-wal`).size
  try {
    const small = await commits(store, sealer, 1)
    const smallWalBytes = walBytes()
    const reader = new Sqlite(path, { readonly: true })
    reader.exec('BEGIN; SELECT count(*) FROM dossier')
    growWal(path, walBytes)
    progress(`WAL of ${Math.round(walBytes() / 1e6)} MB`)
    const large = await commits(store, sealer, deposits + 1)
    const largeBytes = walBytes()
    reader.close()
    const measured = summary(large)
    const raw = summary(small)
    return {
      what: `commit of a deposit with a write-ahead log of ${Math.round(largeBytes / 1e6)} MB`,
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'the same with the log that is usual', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [atMost('p99 ≤ 15 ms', measured.p99, 15)],
      more: { walMegabytes: round(largeBytes / 1e6), usualMegabytes: round(smallWalBytes / 1e6) },
    }
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function commits(store: Store, sealer: Sealer, first: number): Promise<readonly number[]> {
  const times: number[] = []
  for (let number = first; number < first + deposits; number += 1) {
    const { intakeId } = await sealBenchDossier(store, sealer, number)
    const startMs = performance.now()
    store.flow.depositDossier(intakeId, new Date().toISOString())
    times.push(performance.now() - startMs)
  }
  return times
}

function growWal(path: string, walBytes: () => number): void {
  const db = new Sqlite(path)
  db.exec('CREATE TABLE bulk (bytes BLOB NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO bulk (bytes) VALUES (?)')
  while (walBytes() < largeWalBytes) insert.run(Buffer.alloc(blobBytes, 7))
  db.close()
}
