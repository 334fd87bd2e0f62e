import type { AccessLogStore } from '../contract.ts'
import type { AccessEntry } from '../records.ts'
import type { Connection } from './connection.ts'

export function sqliteAccessLog(db: Connection): AccessLogStore {
  const add = db.prepare<[string, string, string, string]>(
    'INSERT INTO access_log (at, user, action, subject) VALUES (?, ?, ?, ?)',
  )
  const list = db.prepare<[number], AccessEntry>(
    'SELECT at, user, action, subject FROM access_log ORDER BY id DESC LIMIT ?',
  )
  return {
    async add(entry) {
      add.run(entry.at, entry.user, entry.action, entry.subject)
    },
    async list(limit) {
      return list.all(limit)
    },
  }
}
