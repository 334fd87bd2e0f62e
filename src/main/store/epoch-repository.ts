import type { Epoch, EpochStore } from '../sync/ports.ts'
import { changedOne } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

interface RawEpoch {
  readonly epoch: number
  readonly instance: string
  readonly started_at: string
  readonly registered_at: string | null
}

export interface EpochRepository extends EpochStore {
  /** After a restore, or when the province knows the number from another database: the next epoch begins. */
  beginEpoch(epoch: number): void
  allocateIntakeNumber(): { readonly epoch: number; readonly number: number }
}

export function epochRepository(context: StoreContext, newInstance: () => string): EpochRepository {
  const { db, transact, clock } = context
  const current = db.prepare<[], RawEpoch>(
    'SELECT epoch, instance, started_at, registered_at FROM epoch ORDER BY epoch DESC LIMIT 1',
  )
  const waiting = db.prepare<[], Epoch>(
    `SELECT epoch, instance, started_at AS startedAt FROM epoch
     WHERE registered_at IS NULL ORDER BY epoch`,
  )
  const register = db.prepare<[string, number]>(
    'UPDATE epoch SET registered_at = ? WHERE epoch = ? AND registered_at IS NULL',
  )
  const insert = db.prepare<[number, string, string]>(
    'INSERT INTO epoch (epoch, instance, started_at) VALUES (?, ?, ?)',
  )
  const burn = db.prepare<[], { epoch: number; number: number }>(
    `UPDATE epoch SET last_intake_number = last_intake_number + 1
     WHERE epoch = (SELECT max(epoch) FROM epoch)
     RETURNING epoch, last_intake_number AS number`,
  )
  const read = (): RawEpoch => {
    const row = current.get()
    if (row === undefined) throw new Error('a store without an epoch')
    return row
  }
  return {
    epoch() {
      const row = read()
      return {
        epoch: row.epoch,
        instance: row.instance,
        startedAt: row.started_at,
        registered: row.registered_at !== null,
      }
    },
    unregistered: () => waiting.all(),
    markEpochRegistered(epoch) {
      if (!waiting.all().some((one) => one.epoch === epoch)) return
      transact('commit:markEpochRegistered', () => {
        changedOne(register.run(clock.now().toISOString(), epoch), 'register epoch')
        context.audit('epoch.registered', { epoch })
      })
    },
    beginEpoch(epoch) {
      transact('commit:beginEpoch', () => {
        if (epoch <= read().epoch) throw new Error(`epoch ${epoch} is not a new one`)
        insert.run(epoch, newInstance(), clock.now().toISOString())
        context.audit('epoch.begun', { epoch })
      })
    },
    allocateIntakeNumber: () =>
      transact('commit:allocateIntakeNumber', () => {
        const row = burn.get()
        if (row === undefined) throw new Error('a store without an epoch')
        return row
      }),
  }
}
