import { localDate } from '../domain/local-date.ts'
import { reminderBeforeMs } from '../domain/reminder.ts'
import type { StoreContext } from './store-context.ts'

interface DueReminder {
  readonly rightId: string
  readonly resultId: string
  readonly dossierCode: string
  readonly expiresAt: string
}

export interface ReminderRepository {
  /** Tells the province, once a right, whose owners to remind that the last day is tomorrow; `now` is what it says. */
  remindHolders(now: string): readonly string[]
}

export function reminderRepository(context: StoreContext): ReminderRepository {
  const { db, clock, transact, audit, enqueue } = context
  const due = db.prepare<[number, number], DueReminder>(
    `SELECT right_id AS rightId, result_id AS resultId, dossier_code AS dossierCode,
       expires_at AS expiresAt
     FROM collection_right JOIN result USING (result_id)
     WHERE collection_right.state = 'valid' AND result.state = 'stocked' AND door = 'closed'
       AND reminded = 0 AND expires_running_ms <= ? AND expires_running_ms > ?`,
  )
  const mark = db.prepare<[string]>(
    'UPDATE collection_right SET reminded = 1 WHERE right_id = ? AND reminded = 0',
  )
  return {
    remindHolders(now) {
      const runningMs = Math.floor(clock.runningMs())
      const rights = due.all(runningMs + reminderBeforeMs, runningMs)
      if (rights.length === 0) return []
      return transact('commit:remindHolders', () =>
        rights.map(({ rightId, resultId, dossierCode, expiresAt }) => {
          mark.run(rightId)
          const lastDay = localDate(new Date(expiresAt))
          const body = { resultId, dossierCode, rightId, lastDay, at: now }
          enqueue({ kind: 'resultReminder', lane: resultId, body })
          audit('collection.reminded', { rightId })
          return rightId
        }),
      )
    },
  }
}
