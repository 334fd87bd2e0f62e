import { changedOne } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'
import { StoreFault } from './store-fault.ts'

export interface ConfiguredCompartment {
  readonly number: number
  readonly kind: 'drop' | 'result'
}

interface Identity {
  readonly kioskId: string
  readonly compartments: readonly ConfiguredCompartment[]
  readonly newInstance: () => string
  readonly firstEpoch?: number
}

interface KnownCompartment extends ConfiguredCompartment {
  readonly configured: number
  readonly state: string
}

/**
 * First start: identity and epoch. Every start: the compartments of the configuration. Refuses another kiosk's
 * database, and a configuration that drops or re-purposes a compartment in which something may lie.
 */
export function initialiseStore(context: StoreContext, identity: Identity): void {
  const { db, transact, clock, audit } = context
  const kioskId = db.prepare<[], string>('SELECT kiosk_id FROM kiosk').pluck().get()
  if (kioskId !== undefined && kioskId !== identity.kioskId) {
    throw new StoreFault(
      'REFUSED_OTHER_KIOSK',
      `The database belongs to kiosk ${kioskId}, the configuration to ${identity.kioskId}`,
    )
  }
  const known = new Map(
    db
      .prepare<[], KnownCompartment>('SELECT number, kind, configured, state FROM compartment')
      .all()
      .map((row) => [row.number, row]),
  )
  const wanted = new Map(identity.compartments.map((row) => [row.number, row.kind]))
  for (const row of known.values()) {
    if (row.configured === 1 && row.state !== 'empty' && wanted.get(row.number) !== row.kind) {
      throw new StoreFault(
        'REFUSED_COMPARTMENT_IN_USE',
        `Compartment ${row.number} (${row.kind}) is ${row.state}: empty it before taking it out of the configuration`,
      )
    }
  }
  const changed =
    identity.compartments.some(({ number, kind }) => {
      const row = known.get(number)
      return row === undefined || row.configured === 0 || row.kind !== kind
    }) || [...known.values()].some((row) => row.configured === 1 && !wanted.has(row.number))
  if (kioskId !== undefined && !changed) return

  const retire = db.prepare('UPDATE compartment SET configured = 0')
  const put = db.prepare<[number, string]>(
    `INSERT INTO compartment (number, kind, configured, state) VALUES (?, ?, 1, 'empty')
     ON CONFLICT (number) DO UPDATE SET kind = excluded.kind, configured = 1`,
  )
  transact('commit:createStore', () => {
    if (kioskId === undefined) {
      const epoch = identity.firstEpoch ?? 1
      const instance = identity.newInstance()
      changedOne(
        db
          .prepare(
            'INSERT INTO kiosk (id, kiosk_id, last_sequence, running_ms) VALUES (1, ?, 0, 0)',
          )
          .run(identity.kioskId),
        'create kiosk',
      )
      db.prepare('INSERT INTO epoch (epoch, instance, started_at) VALUES (?, ?, ?)').run(
        epoch,
        instance,
        clock.now().toISOString(),
      )
      audit('store.created', { kioskId: identity.kioskId, epoch, instance })
    }
    retire.run()
    for (const { number, kind } of identity.compartments) put.run(number, kind)
    audit('store.compartments', { count: identity.compartments.length })
  })
}
