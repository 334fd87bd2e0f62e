import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { OutboxDraft } from '../../flows/store-port.ts'
import { databaseFileName } from '../connection.ts'

/** Every message for the province in its order, read from the file by a connection of its own. */
export function queuedMessages(folder: string): readonly Pick<OutboxDraft, 'kind' | 'body'>[] {
  const db = new Database(join(folder, databaseFileName), { readonly: true })
  try {
    const payloads = db.prepare<[], string>('SELECT payload FROM outbox ORDER BY sequence').pluck()
    return payloads.all().map((payload) => JSON.parse(payload))
  } finally {
    db.close()
  }
}
