import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { QueueStore } from '../flows/staff/queue-port.ts'
import { databaseFileName } from './connection.ts'
import { migrations } from './migrations/migrations.ts'
import { outboxTotals } from './outbox-totals.ts'
import { queueReading } from './queue-reading.ts'
import { asStoreFault, StoreFault } from './store-fault.ts'

export type QueueReader = Pick<QueueStore, 'rows' | 'count' | 'counts' | 'oldestOpenAt'>

/**
 * Reads the queue over a connection that cannot write, also while core runs, and all of it at one moment.
 * @returns undefined when there is no database. Throws `StoreFault` when it is damaged or another program's.
 */
export function readQueue<T>(folder: string, read: (queue: QueueReader) => T): T | undefined {
  const path = join(folder, databaseFileName)
  if (!existsSync(path)) return undefined
  let db: Sqlite.Database | undefined
  try {
    db = new Sqlite(path, { readonly: true, timeout: 2_000 })
    const version = Number(db.pragma('user_version', { simple: true }))
    if (!migrations.some((migration) => migration.version === version)) {
      throw new StoreFault(
        'REFUSED_NEWER_SCHEMA',
        `${path} has schema ${version}, which this program does not know`,
      )
    }
    const queue = { ...queueReading(db), ...outboxTotals(db) }
    return db.transaction(() => read(queue))()
  } catch (error) {
    throw asStoreFault(error)
  } finally {
    db?.close()
  }
}
