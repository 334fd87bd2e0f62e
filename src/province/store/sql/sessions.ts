import type { SessionStore } from '../contract.ts'
import type { StoredSession } from '../records/user-records.ts'
import type { Database } from './database.ts'
import { first, run } from './work.ts'

export function sqlSessions(db: Database): SessionStore {
  return {
    async add({ idHash, userName, csrfToken, startedAt }, over) {
      await db.write(function* () {
        yield* run(
          'DELETE FROM sessions WHERE started_at < ? OR seen_at < ?',
          over.startedBefore,
          over.seenBefore,
        )
        yield* run(
          `INSERT INTO sessions (id_hash, user_name, csrf_token, started_at, seen_at)
           VALUES (?, ?, ?, ?, ?)`,
          idHash,
          userName,
          csrfToken,
          startedAt,
          startedAt,
        )
      })
    },
    see: (idHash, at, over) =>
      db.write(() =>
        first<StoredSession>(
          `UPDATE sessions SET seen_at = ?
           WHERE id_hash = ? AND started_at >= ? AND seen_at >= ?
           RETURNING id_hash AS "idHash", user_name AS "userName", csrf_token AS "csrfToken",
             started_at AS "startedAt"`,
          at,
          idHash,
          over.startedBefore,
          over.seenBefore,
        ),
      ),
    async end(idHash) {
      await db.write(() => run('DELETE FROM sessions WHERE id_hash = ?', idHash))
    },
  }
}
