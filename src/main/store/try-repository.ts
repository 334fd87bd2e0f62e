import type { RightStore } from '../flows/store-port.ts'
import type { StoreContext } from './store-context.ts'

/** Tries older than this count for nobody. */
const keptMs = 31 * 24 * 60 * 60 * 1000

export function tryRepository(context: StoreContext): Pick<
  RightStore,
  'beginTry' | 'mayTry' | 'clearTries' | 'takeBackTry'
> & {
  triesOf(scope: string): number
} {
  const { db, transact, clock } = context
  // The larger of the two: whatever clock is handed in, time here never goes back.
  const advance = db
    .prepare<[number], number>(
      'UPDATE kiosk SET running_ms = max(running_ms, ?) RETURNING running_ms',
    )
    .pluck()
  const running = db.prepare<[], number>('SELECT running_ms FROM kiosk').pluck()
  const prune = db.prepare<[number]>('DELETE FROM try WHERE at_running_ms <= ?')
  const count = db
    .prepare<[string, number], number>(
      'SELECT count(*) FROM try WHERE scope = ? AND at_running_ms > ?',
    )
    .pluck()
  const insert = db.prepare<[string, number]>(
    'INSERT INTO try (scope, at_running_ms) VALUES (?, ?)',
  )
  const clear = db.prepare<[string]>('DELETE FROM try WHERE scope = ?')
  const takeBack = db.prepare<[string]>(
    'DELETE FROM try WHERE rowid = (SELECT max(rowid) FROM try WHERE scope = ?)',
  )
  type Scopes = Parameters<RightStore['beginTry']>[0]
  const leftAt = (nowMs: number, scopes: Scopes) =>
    scopes.map(({ scope, limit, windowMs }) => ({
      scope,
      left: limit - (count.get(scope, nowMs - windowMs) ?? 0),
    }))
  return {
    mayTry(scopes) {
      const nowMs = Math.max(running.get() ?? 0, Math.floor(clock.runningMs()))
      return leftAt(nowMs, scopes).every(({ left }) => left > 0)
    },
    beginTry: (scopes) =>
      transact('commit:beginTry', () => {
        const nowMs = advance.get(Math.floor(clock.runningMs()))
        if (nowMs === undefined) throw new Error('a store without a kiosk')
        prune.run(nowMs - keptMs)
        const within = leftAt(nowMs, scopes)
        // A refused try is not counted: hammering on a locked door must not lock it for its owner for ever.
        if (within.some(({ left }) => left <= 0)) return false
        for (const scope of new Set(scopes.map((entry) => entry.scope))) insert.run(scope, nowMs)
        for (const { scope, left } of within) {
          // Whose it was stays out of a record that is kept for years.
          if (left === 1)
            context.audit('tries.limitReached', { scope: scope.replace(/:[0-9a-f]{64}$/, '') })
        }
        return true
      }),
    clearTries(scopes) {
      transact('commit:clearTries', () => {
        for (const scope of scopes) clear.run(scope)
      })
    },
    takeBackTry(scopes) {
      transact('commit:takeBackTry', () => {
        for (const scope of scopes) takeBack.run(scope)
      })
    },
    triesOf: (scope) => count.get(scope, -1) ?? 0,
  }
}
