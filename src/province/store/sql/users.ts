import type { UserStore } from '../contract.ts'
import type { User } from '../records/user-records.ts'
import type { Database } from './database.ts'
import { first, run } from './work.ts'

export function sqlUsers(db: Database): UserStore {
  return {
    async addIfMissing({ name, displayName, role, passwordHash }) {
      await db.write(() =>
        run(
          `INSERT INTO users (name, display_name, role, password_hash) VALUES (?, ?, ?, ?)
           ON CONFLICT (name) DO NOTHING`,
          name,
          displayName,
          role,
          passwordHash,
        ),
      )
    },
    find: (name) =>
      db.read(() =>
        first<User>(
          `SELECT name, display_name AS "displayName", role, password_hash AS "passwordHash"
           FROM users WHERE name = ?`,
          name,
        ),
      ),
    beginTry: (name, now, rule) =>
      db.write(function* () {
        const found = yield* first<{ tries: number; lockedUntil: string | null }>(
          'SELECT tries, locked_until AS "lockedUntil" FROM users WHERE name = ? FOR UPDATE',
          name,
        )
        if (!found) return 'allowed'
        if (found.lockedUntil !== null && found.lockedUntil > now) return 'locked'
        // A lock that has run out starts a new count.
        const count = (found.lockedUntil === null ? found.tries : 0) + 1
        yield* run(
          'UPDATE users SET tries = ?, locked_until = ? WHERE name = ?',
          count,
          count >= rule.maxTries ? rule.lockedUntil : null,
          name,
        )
        return 'allowed'
      }),
    setPassword: (name, passwordHash) =>
      db.write(function* () {
        const found = yield* first(
          `UPDATE users SET password_hash = ?, tries = 0, locked_until = NULL WHERE name = ?
           RETURNING name`,
          passwordHash,
          name,
        )
        yield* run('DELETE FROM sessions WHERE user_name = ?', name)
        return found !== undefined
      }),
    async forgetTries(name) {
      await db.write(() =>
        run('UPDATE users SET tries = 0, locked_until = NULL WHERE name = ?', name),
      )
    },
  }
}
