import type { AccessLogStore } from '../contract.ts'
import type { AccessEntry } from '../records/user-records.ts'
import type { Database } from './database.ts'
import { all, run } from './work.ts'

export function sqlAccessLog(db: Database): AccessLogStore {
  return {
    async add({ at, user, action, subject }) {
      await db.write(() =>
        run(
          'INSERT INTO access_log (at, "user", action, subject) VALUES (?, ?, ?, ?)',
          at,
          user,
          action,
          subject,
        ),
      )
    },
    list: (limit) =>
      db.read(() =>
        all<AccessEntry>(
          'SELECT at, "user", action, subject FROM access_log ORDER BY id DESC LIMIT ?',
          limit,
        ),
      ),
  }
}
