import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ProvinceStore } from '../../../src/province/store/contract.ts'
import { openPostgresStore } from '../../../src/province/store/postgres/open-postgres-store.ts'
import { openSqliteStore } from '../../../src/province/store/sqlite/open-sqlite-store.ts'
import { startPostgres, type TestPostgres } from '../../support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const stores: Readonly<Record<'SQLite' | 'PostgreSQL', () => Promise<ProvinceStore>>> = {
  async SQLite() {
    const folder = mkdtempSync(join(tmpdir(), 'official-queue-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return openSqliteStore(folder)
  },
  PostgreSQL: async () => openPostgresStore(await postgres.createDatabase()),
}

const from = '2026-01-01T00:00:00.000Z'
const at = '2026-02-09T03:00:00.000Z'
const until = '2026-02-09T03:10:00.000Z'
const afterwards = '2026-02-09T03:10:01.000Z'
const intakeId = (number: number) => `K07-1-00000${number}-A`

async function accepted(store: ProvinceStore, number = 1): Promise<void> {
  await store.kiosks.put({ kioskId: 'K07', unitCode: 'H99.01', place: 'P', tokenHash: 'h' })
  const key = uuidv7()
  const body = {
    intakeId: intakeId(number),
    bagCode: `BAG-${number}`,
    procedureCode: '1.000000',
    compartment: 3,
    depositedAt: at,
    clockSynchronised: true,
    phoneConfirmed: false,
    contentHash: '0'.repeat(64),
    sealed: 'AAAA',
  }
  await store.kiosks.registerEpoch(
    'K07',
    { epoch: 1, instance: uuidv7(), startedAt: at, slipKeyId: 's', slipPublicKey: 'k' },
    at,
  )
  const envelope = { key, kioskId: 'K07', epoch: 1, sequence: number, lane: intakeId(number), at }
  await store.messages.receive({
    message: { ...envelope, kind: 'dossierDeposited', body },
    bytes: Buffer.from('{}'),
    bodyHash: 'x',
    receivedAt: at,
    receipt: '{}',
  })
  await store.dossiers.accept({
    intakeId: intakeId(number),
    user: 'canbo',
    at,
    day: '2026-02-09',
    codeOf: (unit, sequence) => `${unit}-260209-${sequence}`,
  })
}

describe.each(['SQLite', 'PostgreSQL'] as const)('the queue to official systems on %s', (kind) => {
  const open = async () => {
    const store = await stores[kind]()
    onTestFinished(() => store.close())
    return store
  }

  it('takes each status once, however often and by however many it is asked', async () => {
    const store = await open()
    await accepted(store)
    await Promise.all([
      store.official.enlist('one', from, at),
      store.official.enlist('one', from, at),
      store.official.enlist('two', from, at),
    ])
    expect(await store.official.enlist('one', from, at)).toBe(0)
    const claimed = await store.official.claim('one', at, 'a', until)
    expect(claimed).toMatchObject({ intakeId: intakeId(1), steps: [{ status: 2 }] })
    expect(await store.official.ofDossier(intakeId(1))).toHaveLength(2)
  })

  it('gives a dossier to one worker at a time, and to the next when that one is silent', async () => {
    const store = await open()
    await accepted(store)
    await store.official.enlist('one', from, at)
    const both = await Promise.all([
      store.official.claim('one', at, 'a', until),
      store.official.claim('one', at, 'b', until),
    ])
    const [mine] = both.filter((claimed) => claimed !== undefined)
    expect(both.filter((claimed) => claimed !== undefined)).toHaveLength(1)
    if (!mine) return
    await store.official.note(mine, { memory: '{"open":true}' }, at, until)
    expect(await store.official.claim('one', until.replace('10:00', '09:59'), 'c', until)).toBe(
      undefined,
    )
    const next = await store.official.claim('one', afterwards, 'c', '2026-02-09T03:20:00.000Z')
    expect(next).toMatchObject({ attempts: 2, memory: '{"open":true}' })
    // The first one wakes up: it may change nothing any more.
    expect(await store.official.note(mine, { memory: '{}' }, afterwards, until)).toBe('lost')
    expect(await store.official.settle(mine, { outcome: 'delivered' }, afterwards)).toBe('lost')
  })

  it('keeps a parked dossier parked when its status moves on, and tells all of it later', async () => {
    const store = await open()
    await accepted(store)
    await store.official.enlist('one', from, at)
    const claimed = await store.official.claim('one', at, 'a', until)
    if (!claimed) throw new Error('nothing is due')
    const parked = { outcome: 'parked', problem: 'REFUSED', sealedAnswer: 'AAAA' } as const
    await store.official.settle(claimed, parked, at)
    await store.dossiers.end({ intakeId: intakeId(1), how: 'withdrawn', user: 'canbo', at })
    await store.official.enlist('one', from, at)
    expect(await store.official.claim('one', afterwards, 'b', until)).toBe(undefined)
    expect(await store.official.release('one', intakeId(1), undefined, afterwards)).toBe('released')
    expect(await store.official.release('one', intakeId(1), undefined, afterwards)).toBe(
      'notParked',
    )
    const again = await store.official.claim('one', afterwards, 'b', until)
    expect(again?.steps.map(({ status }) => status)).toEqual([2, 7])
  })

  it('is pending again when the status moved on while the last one was being told', async () => {
    const store = await open()
    await accepted(store)
    await store.official.enlist('one', from, at)
    const claimed = await store.official.claim('one', at, 'a', until)
    if (!claimed) throw new Error('nothing is due')
    await store.dossiers.end({ intakeId: intakeId(1), how: 'withdrawn', user: 'canbo', at })
    await store.official.enlist('one', from, at)
    const deliveredCursors = claimed.steps.map(({ cursor }) => cursor)
    await store.official.note(claimed, { deliveredCursors }, at, until)
    await store.official.settle(claimed, { outcome: 'delivered' }, at)
    const next = await store.official.claim('one', at, 'b', until)
    expect(next?.steps.filter(({ deliveredAt }) => deliveredAt === null)).toMatchObject([
      { status: 7 },
    ])
  })

  it('pauses a whole system without counting it against the dossier', async () => {
    const store = await open()
    await accepted(store, 1)
    await accepted(store, 2)
    await store.official.enlist('one', from, at)
    const claimed = await store.official.claim('one', at, 'a', until)
    if (!claimed) throw new Error('nothing is due')
    await store.official.pause(claimed, 'UNREACHABLE', at, until)
    expect(await store.official.claim('one', at, 'b', until)).toBe(undefined)
    expect(await store.official.systems()).toMatchObject([
      { failures: 1, problem: 'UNREACHABLE', counts: { pending: 2 }, oldestAt: at },
    ])
    expect(await store.official.claim('one', until, 'b', afterwards)).toMatchObject({ attempts: 1 })
    await store.official.answers('one', until)
    expect(await store.official.systems()).toMatchObject([{ failures: 0, problem: null }])
  })
})

describe.each(['SQLite', 'PostgreSQL'] as const)('the queue to the carrier on %s', (kind) => {
  it('gives a message to one worker at a time, with one id for ever, codes first', async () => {
    const store = await stores[kind]()
    onTestFinished(() => store.close())
    await store.kiosks.put({ kioskId: 'K07', unitCode: 'H99.01', place: 'P', tokenHash: 'h' })
    const reminder = { at, kioskId: 'K07', purpose: 'notification', sealed: 'AAAA' } as const
    await store.sms.add(reminder)
    const code = await store.sms.add({ ...reminder, purpose: 'phoneCode' })
    const claims = await Promise.all(
      ['a', 'b', 'c'].map((id) => store.sms.claim(at, { id, requestId: `id of ${id}`, until })),
    )
    const given = claims.filter((claimed) => claimed !== undefined)
    expect(given).toHaveLength(2)
    const mine = given.find(({ id }) => id === code)
    if (!mine) throw new Error('nobody got the code')
    const next = { id: 'd', requestId: 'another', until: '2026-02-09T03:20:00.000Z' }
    const again = await store.sms.claim(afterwards, next)
    expect(again).toMatchObject({ id: code, requestId: mine.requestId, unanswered: 1, attempts: 2 })
    // The first one wakes up and finds that it is no longer his.
    await store.sms.settle(mine, { state: 'sent' }, afterwards)
    expect(await store.sms.sendings([code])).toMatchObject([{ state: 'sending' }])
    if (again) await store.sms.settle(again, { state: 'sent' }, afterwards)
    expect(await store.sms.sendings([code])).toMatchObject([{ state: 'sent' }])
  })
})
