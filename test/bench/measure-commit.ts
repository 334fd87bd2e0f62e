import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import Sqlite from 'better-sqlite3'
import { openJournal } from '../../src/main/store/journal.ts'
import { createSealer } from '../../src/main/sync/seal.ts'
import { openBenchStore, openOutboxReader, sealBenchDossier } from './bench-store.ts'
import { atMost, ratioOf, rounded } from './figure.ts'
import type { Part } from './part.ts'
import { summary } from './series.ts'

const deposits = 600
const warmUps = 50

/** The commit that turns a bag in a compartment into a dossier, beside a plain durable insert of its message. */
export const measureCommit: Part = async ({ progress }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-commit-'))
  const store = openBenchStore(folder, warmUps + deposits)
  const journal = await openJournal({ folder: join(folder, 'journal'), now: () => new Date() })
  const outbox = openOutboxReader(folder)
  const plain = openPlain(folder)
  const sealer = createSealer(await identityToRecipient(await generateIdentity()))
  try {
    const commits: number[] = []
    const raws: number[] = []
    const journals: number[] = []
    for (let number = 1; number <= warmUps + deposits; number += 1) {
      const dossier = await sealBenchDossier(store, sealer, number)
      const at = new Date().toISOString()
      const startMs = performance.now()
      store.flow.depositDossier(dossier.intakeId, at)
      const committedMs = performance.now()
      const payload = outbox.newest()
      const rawStartMs = performance.now()
      plain.insert(payload)
      const rawEndMs = performance.now()
      const { intakeId, bagCode, compartment, procedureCode, sealed, contentHash } = dossier
      await journal.append({
        intakeId,
        at,
        sealed,
        contentHash,
        bagCode,
        compartment,
        procedureCode,
      })
      if (number <= warmUps) continue
      commits.push(committedMs - startMs)
      raws.push(rawEndMs - rawStartMs)
      journals.push(performance.now() - rawEndMs)
    }
    const messageBytes = Buffer.byteLength(outbox.newest())
    progress(`${deposits} deposits of ${messageBytes} bytes`)
    const measured = summary(commits)
    const raw = summary(raws)
    return {
      what: 'commit of a deposit: dossier, compartment, outbox and audit in one transaction',
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'insert of the message alone, WAL, synchronous=FULL', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [
        atMost('p99 ≤ 15 ms', measured.p99, 15),
        atMost('p99 ≤ 3 × insert', measured.p99 / raw.p99, 3),
      ],
      more: { messageBytes, journalAppend: rounded(summary(journals)) },
    }
  } finally {
    plain.close()
    outbox.close()
    await journal.close()
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function openPlain(folder: string) {
  const db = new Sqlite(join(folder, 'plain.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE message (number INTEGER PRIMARY KEY, payload TEXT NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO message (payload) VALUES (?)')
  return { insert: (payload: string) => void insert.run(payload), close: () => db.close() }
}
