import type { ReasonCode } from '../../contract/faults.ts'
import type { MessageBody } from '../../contract/province/message.ts'
import type { StoreContext } from './store-context.ts'

export interface ConditionRepository {
  /** Why the province believes that this device is not well; null when it does not. */
  told(device: string): ReasonCode | null
  /** Queues the message and remembers what it says, over restarts. */
  tellCondition(condition: MessageBody<'fault'>): void
}

export function conditionRepository(context: StoreContext): ConditionRepository {
  const { db, transact, enqueue } = context
  const find = db
    .prepare<[string], ReasonCode>('SELECT reason FROM told_condition WHERE device = ?')
    .pluck()
  const put = db.prepare<[string, string]>(
    `INSERT INTO told_condition (device, reason) VALUES (?, ?)
     ON CONFLICT (device) DO UPDATE SET reason = excluded.reason`,
  )
  const remove = db.prepare<[string]>('DELETE FROM told_condition WHERE device = ?')
  return {
    told: (device) => find.get(device) ?? null,
    tellCondition(condition) {
      transact('commit:tellCondition', () => {
        const { device, reason, state } = condition
        if (state === 'online') remove.run(device)
        else put.run(device, reason)
        enqueue({ kind: 'fault', lane: 'kiosk', body: condition })
      })
    },
  }
}
