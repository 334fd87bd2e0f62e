import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { verifyAudit } from '../audit/verify-audit.ts'
import type { Store } from './open-store.ts'
import { checkInvariants } from './testing/check-invariants.ts'
import {
  openSampleStore,
  sampleAt,
  sampleIntakeId,
  sampleResult,
  sampleRight,
  sampleSeal,
  sampleStaffId,
  sampleUuids,
  stockedDraft,
} from './testing/sample.ts'

/** What the test itself knows: the states, nothing else. */
interface Model {
  readonly dossiers: Map<number, string>
  readonly results: Map<number, string>
  readonly compartments: Map<number, number | null>
  cursor: number
}

interface Real {
  store: Store
  readonly folder: string
  readonly newKey: () => string
}

class Step implements fc.Command<Model, Real> {
  readonly name: string
  readonly allowed: (model: Readonly<Model>) => boolean
  readonly work: (model: Model, real: Real) => void

  constructor(
    name: string,
    allowed: (model: Readonly<Model>) => boolean,
    work: (model: Model, real: Real) => void,
  ) {
    this.name = name
    this.allowed = allowed
    this.work = work
  }
  check(model: Readonly<Model>): boolean {
    return this.allowed(model)
  }
  run(model: Model, real: Real): void {
    this.work(model, real)
    checkInvariants(real.folder, model.dossiers)
  }
  toString(): string {
    return this.name
  }
}

const id = sampleIntakeId
const dropOf = (m: Readonly<Model>, n: number) =>
  [...m.compartments].find(([, holder]) => holder === n)?.[0] ?? 0
const free = (m: Readonly<Model>, kind: 'drop' | 'result') =>
  [...m.compartments].find(([c, holder]) => holder === null && c > 10 === (kind === 'result'))?.[0]
/** Results share the map of holders with dossiers, below zero. */
const holder = (r: number) => -r
const isIn = (m: Readonly<Model>, n: number, ...states: string[]) =>
  states.includes(m.dossiers.get(n) ?? 'none')

function dossierSteps(n: number): Step[] {
  const step = (name: string, from: string[], to: string, work: (s: Store, m: Model) => void) =>
    new Step(
      `${name}(${n})`,
      (m) => isIn(m, n, ...from),
      (m, { store }) => {
        work(store, m)
        m.dossiers.set(n, to)
      },
    )
  const leave = (m: Model) => m.compartments.set(dropOf(m, n), null)
  return [
    new Step(
      `seal(${n})`,
      (m) => isIn(m, n, 'none') && free(m, 'drop') !== undefined,
      (m, { store }) => {
        const compartment = free(m, 'drop') ?? 0
        store.flow.sealDossier(sampleSeal(n, compartment))
        m.compartments.set(compartment, n)
        m.dossiers.set(n, 'sealed')
      },
    ),
    step('unlock', ['sealed', 'unlocked'], 'unlocked', (s) => s.flow.recordDepositUnlock(id(n))),
    step('deposit', ['unlocked'], 'deposited', (s) => s.flow.depositDossier(id(n), sampleAt)),
    step('abandon', ['sealed', 'unlocked'], 'abandoned', (s, m) => {
      s.flow.abandonDossier(id(n), 'nothing', 'empty')
      leave(m)
    }),
    step('lose', ['sealed', 'unlocked'], 'unknown', (s) =>
      s.flow.markDepositUnknown(id(n), 'BUS_SILENT', sampleAt),
    ),
    step('slip', ['deposited'], 'slipped', (s) =>
      s.flow.recordSlipSeen(id(n), s.flow.recordSlipBegun(id(n)), sampleAt),
    ),
    step('collect', ['deposited', 'slipped', 'unknown'], 'collected', (s, m) => {
      s.flow.recordEmptyingUnlock(dropOf(m, n), sampleStaffId)
      s.flow.recordBagCollected(id(n), sampleStaffId, sampleAt)
      leave(m)
    }),
    step('missing', ['deposited', 'slipped', 'unknown'], 'disputed', (s, m) => {
      s.flow.recordEmptyingUnlock(dropOf(m, n), sampleStaffId)
      s.flow.recordBagMissing(id(n), sampleStaffId, sampleAt)
      leave(m)
    }),
  ]
}

function resultSteps(r: number): Step[] {
  const step = (name: string, from: string, to: string, work: (s: Store, m: Model) => void) =>
    new Step(
      `${name}(R${r})`,
      (m) => (m.results.get(r) ?? 'none') === from,
      (m, { store }) => {
        work(store, m)
        m.results.set(r, to)
      },
    )
  const R = `R${r}`
  const G = `G${r}`
  return [
    step('announce', 'none', 'announced', (s, m) => {
      m.cursor += 1
      s.feed.apply('results', m.cursor, sampleResult(R))
    }),
    new Step(
      `stock(${R})`,
      (m) => m.results.get(r) === 'announced' && free(m, 'result') !== undefined,
      (m, { store }) => {
        const c = free(m, 'result') ?? 0
        store.flow.assignResult(R, c, sampleStaffId)
        store.flow.stockResult(R, sampleRight(G), stockedDraft(R, G, c), sampleAt)
        m.compartments.set(c, holder(r))
        m.results.set(r, 'stocked')
      },
    ),
    step('open', 'stocked', 'opening', (s) => s.flow.beginOpening(G, sampleAt)),
    step('leave', 'opening', 'stocked', (s) => s.flow.recordNotTaken(G)),
    step('take', 'opening', 'taken', (s, m) => {
      s.flow.recordTaken(G, sampleAt, 'empty')
      m.compartments.set(dropOf(m, holder(r)), null)
    }),
  ]
}

const restart = new Step(
  'restart',
  () => true,
  (_, real) => {
    real.store.close()
    real.store = openSampleStore(real.folder, { newKey: real.newKey })
  },
)

const send = new Step(
  'send',
  () => true,
  (_, { store }) => {
    for (const row of store.outbox.due(0, 3)) {
      store.outbox.markSending(row.key)
      store.outbox.acknowledge(row.key, '{}', sampleAt)
    }
  },
)

describe('random legal sequences', () => {
  it('keep the invariants after every step', () => {
    const steps = [
      ...[1, 2, 3, 4, 5, 6].flatMap(dossierSteps),
      ...[1, 2, 3, 4].flatMap(resultSteps),
      restart,
      send,
    ].map((step) => fc.constant(step))
    fc.assert(
      fc.property(fc.commands(steps, { maxCommands: 120, size: 'max' }), (commands) => {
        const folder = mkdtempSync(join(tmpdir(), 'store-property-'))
        const newKey = sampleUuids(7)
        const real: Real = { folder, newKey, store: openSampleStore(folder, { newKey }) }
        const model: Model = {
          dossiers: new Map(),
          results: new Map(),
          compartments: new Map([1, 2, 3, 4, 11, 12, 13].map((c) => [c, null])),
          cursor: 0,
        }
        try {
          fc.modelRun(() => ({ model, real }), commands)
          if (!verifyAudit(real.store.auditRows()).ok) throw new Error('the audit chain is broken')
        } finally {
          real.store.close()
          rmSync(folder, { recursive: true, force: true })
        }
      }),
      { numRuns: 25 },
    )
  })
})
