import type { UserStore } from '../contract.ts'
import type { User } from '../records.ts'
import { type Connection, inTransaction } from './connection.ts'

export function sqliteUsers(db: Connection): UserStore {
  const add = db.prepare<[string, string, string, string]>(
    `INSERT INTO users (name, display_name, role, password_hash) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const find = db.prepare<[string], User>(
    `SELECT name, display_name AS displayName, role, password_hash AS passwordHash
     FROM users WHERE name = ?`,
  )
  const tries = db.prepare<[string], { tries: number; lockedUntil: string | null }>(
    'SELECT tries, locked_until AS lockedUntil FROM users WHERE name = ?',
  )
  const setTries = db.prepare<[number, string | null, string]>(
    'UPDATE users SET tries = ?, locked_until = ? WHERE name = ?',
  )
  return {
    async addIfMissing(user) {
      add.run(user.name, user.displayName, user.role, user.passwordHash)
    },
    async find(name) {
      return find.get(name)
    },
    async beginTry(name, now, rule) {
      return inTransaction(db, () => {
        const found = tries.get(name)
        if (!found) return 'allowed'
        if (found.lockedUntil !== null && found.lockedUntil > now) return 'locked'
        // A lock that has run out starts a new count.
        const count = (found.lockedUntil === null ? found.tries : 0) + 1
        setTries.run(count, count >= rule.maxTries ? rule.lockedUntil : null, name)
        return 'allowed'
      })
    },
    async forgetTries(name) {
      setTries.run(0, null, name)
    },
  }
}
