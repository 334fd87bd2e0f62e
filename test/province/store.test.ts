import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { FeedItem } from '../../src/contract/province/feed.ts'
import type { Heartbeat } from '../../src/contract/province/heartbeat.ts'
import type { MessageBody, MessageKind } from '../../src/contract/province/message.ts'
import type { ProvinceStore } from '../../src/province/store/contract.ts'
import { openPostgresStore } from '../../src/province/store/postgres/open-postgres-store.ts'
import type { JudgeHeartbeat } from '../../src/province/store/records/kiosk-records.ts'
import type {
  IncomingMessage,
  ReceivedMessage,
} from '../../src/province/store/records/message-records.ts'
import { StoreBusyError } from '../../src/province/store/sql/database.ts'
import { openConnection } from '../../src/province/store/sqlite/connection.ts'
import {
  openSqliteStore,
  sqliteStoreFile,
} from '../../src/province/store/sqlite/open-sqlite-store.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'

const at = '2026-02-09T03:00:00.000Z'
const later = '2026-02-09T04:00:00.000Z'
const kioskId = 'K07'
const intakeId = 'K07-1-000001-A'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

interface NewDatabase {
  /** The same database as often as it is called, as so many processes would. */
  open(): Promise<ProvinceStore>
  /** Somebody at the database itself; answers the refusal. */
  tamper(sql: string): Promise<unknown>
}

const databases: Readonly<Record<'SQLite' | 'PostgreSQL', () => Promise<NewDatabase>>> = {
  async SQLite() {
    const folder = mkdtempSync(join(tmpdir(), 'province-store-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return {
      open: async () => openSqliteStore(folder),
      async tamper(sql) {
        const db = openConnection(sqliteStoreFile(folder))
        try {
          return db.exec(sql)
        } catch (error) {
          return error
        } finally {
          db.close()
        }
      },
    }
  },
  async PostgreSQL() {
    const url = await postgres.createDatabase()
    return {
      open: () => openPostgresStore(url),
      async tamper(sql) {
        const client = new pg.Client(url)
        await client.connect()
        return client
          .query(sql)
          .catch((error: unknown) => error)
          .finally(() => client.end())
      },
    }
  },
}

let sequence = 0
function incoming<K extends MessageKind>(
  kind: K,
  body: MessageBody<K>,
  changes: Partial<IncomingMessage> & {
    readonly key?: string
    readonly epoch?: number
    readonly lane?: string
  } = {},
): IncomingMessage {
  const { key = uuidv7(), epoch = 1, lane = intakeId, ...rest } = changes
  sequence += 1
  const message = { key, kioskId, epoch, sequence, lane, kind, at, body }
  return {
    message: message as ReceivedMessage,
    bytes: Buffer.from(JSON.stringify(message)),
    bodyHash: `hash of ${key}`,
    receivedAt: at,
    receipt: `receipt of ${key}`,
    ...rest,
  }
}

const deposit = (id = intakeId, changes = {}) =>
  incoming(
    'dossierDeposited',
    {
      intakeId: id,
      bagCode: `BAG-${id}`,
      procedureCode: '1.000000',
      compartment: 3,
      depositedAt: at,
      clockSynchronised: true,
      phoneConfirmed: false,
      contentHash: '0'.repeat(64),
      sealed: 'AAAA',
    },
    changes,
  )

const heartbeat: Heartbeat = {
  epoch: 1,
  instance: randomUUID(),
  at,
  clockSynchronised: true,
  outbox: { pending: 0, parked: 0, oldestAt: null },
  services: [],
  compartments: { free: 1, blocked: 0 },
  audit: { sequence: 1, hash: '0'.repeat(64), keyId: 's-1', signature: 'x' },
}

const acceptance = (id = intakeId) => ({
  intakeId: id,
  user: 'canbo',
  at,
  day: '2026-02-09',
  codeOf: (unitCode: string, number: number) => `${unitCode}-${number}`,
})

const resultOf = (dossierCode: string, changes: Partial<FeedItem<'results'>> = {}) => ({
  item: {
    resultId: randomUUID(),
    dossierCode,
    procedureCode: '1.000000',
    assurance: 'code' as const,
    phoneConfirmed: true,
    size: 'small' as const,
    keepDays: 10,
    ...changes,
  },
  kioskId,
  sealedPhone: 'AAAA',
  user: 'canbo',
  at,
})

const grantOf = (staffId: string, notAfter = '2026-03-09T03:00:00.000Z') => ({
  grantId: randomUUID(),
  staffId,
  displayName: 'Cán bộ mẫu',
  role: 'officer' as const,
  badgeHash: '0'.repeat(64),
  pinHash: 'x',
  notBefore: at,
  notAfter,
  keyId: 'p-1',
  signature: 'x',
})

const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

describe.each(Object.entries(databases))('the store on %s', (_name, newDatabase) => {
  /** Two stores over one database with kiosks and the epoch 1 of K07. */
  const twoStores = async () => {
    const { open, tamper } = await newDatabase()
    const stores = [await open(), await open()] as const
    onTestFinished(async () => {
      for (const store of stores) await store.close()
    })
    const [store, other] = stores
    await store.kiosks.put({ kioskId, unitCode: 'U1', place: 'Sảnh', tokenHash: 'h7' })
    await store.kiosks.put({ kioskId: 'K08', unitCode: 'U2', place: 'Sảnh', tokenHash: 'h8' })
    const registered = await store.kiosks.registerEpoch(kioskId, registration, at)
    expect(registered).toBe('registered')
    return { store, other, open, tamper }
  }
  const registration = {
    epoch: 1,
    instance: randomUUID(),
    startedAt: at,
    slipKeyId: 's-1',
    slipPublicKey: 'key',
  }

  it('keeps what it took, over a second opening', async () => {
    const { store, open } = await twoStores()
    const message = deposit(intakeId, { bytes: Buffer.from([0, 255, 10]) })
    expect(await store.messages.receive(message)).toEqual({ outcome: 'stored' })
    const again = await open()
    expect(await again.messages.find(message.message.key)).toEqual({
      kioskId,
      bodyHash: message.bodyHash,
      receipt: message.receipt,
    })
    const [held] = await again.messages.list({ limit: 10 })
    expect(held?.bytes).toEqual(Buffer.from([0, 255, 10]))
    expect(await again.dossiers.find(intakeId)).toMatchObject({
      messageKey: message.message.key,
      unitCode: 'U1',
      compartment: 3,
      clockSynchronised: true,
      phoneConfirmed: false,
      status: 1,
      dossierCode: null,
      bagUses: 1,
    })
    await again.close()
  })

  it('takes a key once, whoever brings it and however many at once', async () => {
    const { store, other } = await twoStores()
    const key = uuidv7()
    const outcomes = await many(40, (index) =>
      (index % 2 ? store : other).messages.receive(
        deposit(intakeId, { key, receipt: `receipt ${index}` }),
      ),
    )
    expect(outcomes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1)
    const winner = await store.messages.find(key)
    for (const outcome of outcomes) {
      if (outcome.outcome === 'stored') continue
      expect(outcome).toEqual({ outcome: 'keyHeld', held: winner })
    }
    expect(await other.dossiers.count()).toBe(1)
  })

  it('takes a dossier once and leaves no trace of the message that comes second', async () => {
    const { store, other } = await twoStores()
    const messages = Array.from({ length: 20 }, () => deposit())
    const outcomes = await many(20, (index) =>
      (index % 2 ? store : other).messages.receive(messages[index] ?? deposit()),
    )
    expect(outcomes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'dossierExists')).toHaveLength(19)
    expect(await store.messages.list({ limit: 100 })).toHaveLength(1)
  })

  it('takes the same kiosks from two processes that start at the same moment', async () => {
    const { store, other } = await twoStores()
    const kiosks = Array.from({ length: 60 }, (_, index) => ({
      kioskId: `K2${index}`,
      unitCode: 'U1',
      place: 'Sảnh',
      tokenHash: `token ${index}`,
    }))
    for (const kiosk of kiosks)
      await Promise.all([store.kiosks.put(kiosk), other.kiosks.put(kiosk)])
    expect(await store.kiosks.list()).toHaveLength(2 + kiosks.length)
    const moved = { kioskId: 'K20', unitCode: 'U1', place: 'Cổng', tokenHash: 'new' }
    await store.kiosks.put(moved)
    expect(await other.kiosks.findByTokenHash('new')).toMatchObject(moved)
    const foreign = { kioskId: 'K08', unitCode: 'U2', place: 'Sảnh', tokenHash: 'h7' }
    await expect(store.kiosks.put(foreign)).rejects.toThrow(/unique/i)
  })

  it('does not let one message that is refused harm others of the same moment', async () => {
    const { store } = await twoStores()
    const bad = incoming('rating', { score: 1 }, { epoch: 9 })
    const unfit = deposit('K07-1-000003-A', { bodyHash: 'a\0b' })
    const outcomes = await Promise.allSettled([
      store.messages.receive(deposit('K07-1-000001-A')),
      store.messages.receive(bad),
      store.messages.receive(unfit),
      store.messages.receive(deposit('K07-1-000002-A')),
    ])
    expect(outcomes).toMatchObject([
      { value: { outcome: 'stored' } },
      { value: { outcome: 'epochUnknown' } },
      { status: 'rejected', reason: { statusCode: 400 } },
      { value: { outcome: 'stored' } },
    ])
    expect((await store.dossiers.list({ offset: 0, limit: 9 })).map((d) => d.intakeId)).toEqual([
      'K07-1-000002-A',
      'K07-1-000001-A',
    ])
  })

  it('lists messages by kiosk, lane and kind, in order of arrival or the other way', async () => {
    const { store } = await twoStores()
    await store.messages.receive(deposit())
    const slip = { intakeId, copy: 1, printedAt: later }
    await store.messages.receive(incoming('slipPrinted', slip))
    await store.messages.receive(incoming('slipPrinted', { ...slip, printedAt: at }))
    const kinds = async (filter: object) =>
      (await store.messages.list({ limit: 10, ...filter })).map(({ kind }) => kind)
    expect(await kinds({ kioskId, lane: intakeId })).toEqual([
      'dossierDeposited',
      'slipPrinted',
      'slipPrinted',
    ])
    expect(await kinds({ newestFirst: true, limit: 2 })).toEqual(['slipPrinted', 'slipPrinted'])
    expect(await kinds({ kind: 'dossierDeposited' })).toEqual(['dossierDeposited'])
    expect(await kinds({ kioskId: 'K08' })).toEqual([])
    // The first slip counts.
    expect(await store.dossiers.find(intakeId)).toMatchObject({ slipPrintedAt: later })
  })

  it('keeps a page once and answers every repetition alike', async () => {
    const { store, other } = await twoStores()
    const page = { kioskId, contentHash: 'c', bytes: Buffer.from([0, 255]), receivedAt: at }
    const puts = await many(8, (index) =>
      (index % 2 ? store : other).pages.put({ ...page, receipt: `receipt ${index}` }),
    )
    expect(puts.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(puts.map(({ receipt }) => receipt)).size).toBe(1)
    expect(await store.pages.held(kioskId, ['c', 'd'])).toEqual(new Set(['c']))
    expect(await store.pages.held(kioskId, [])).toEqual(new Set())
    expect((await store.pages.find(kioskId, 'c'))?.bytes).toEqual(page.bytes)
    expect(await store.pages.find('K08', 'c')).toBeUndefined()
  })

  it('has no way to change or lose what a receipt was given for', async () => {
    const { store, tamper } = await twoStores()
    await store.messages.receive(deposit())
    const page = { kioskId, contentHash: 'c', bytes: Buffer.from('x'), receivedAt: at }
    await store.pages.put({ ...page, receipt: 'r' })
    await store.accessLog.add({ at, user: 'canbo', action: 'signIn', subject: '' })
    for (const [table, column] of [
      ['messages', 'receipt'],
      ['pages', 'receipt'],
      ['access_log', 'subject'],
    ]) {
      for (const sql of [`DELETE FROM ${table}`, `UPDATE ${table} SET ${column} = 'x'`]) {
        expect(await tamper(sql), sql).toBeInstanceOf(Error)
      }
    }
    expect(await tamper('UPDATE dossiers SET status = 2')).toBeInstanceOf(Error)
    expect((await store.messages.list({ limit: 9 })).length).toBe(1)
  })

  it('gives an official code once, counted per unit and day, with nobody left out', async () => {
    const { store, other } = await twoStores()
    const ids = Array.from({ length: 8 }, (_, index) => `K07-1-00000${index + 1}-A`)
    for (const id of ids) await store.messages.receive(deposit(id))
    const outcomes = await many(16, (index) =>
      (index % 2 ? store : other).dossiers.accept(acceptance(ids[index >> 1])),
    )
    const codes = outcomes.map((outcome) => 'dossierCode' in outcome && outcome.dossierCode)
    expect([...new Set(codes)].sort()).toEqual(ids.map((_, index) => `U1-${index + 1}`))
    expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(8)
    expect(await store.feed.page(kioskId, 'statuses', 0, 100)).toHaveLength(8)
    expect(await store.dossiers.accept(acceptance('K07-1-999999-A'))).toEqual({
      outcome: 'unknownDossier',
    })
  })

  it('sends a code again so many times, however many ask at once', async () => {
    const { store, other } = await twoStores()
    await store.results.announce(resultOf('X-1'))
    const [result] = await store.results.ofDossier('X-1')
    const resultId = result?.resultId ?? ''
    const ref = { resultId, dossierCode: 'X-1', rightId: 'r-1', compartment: 1, stockedAt: at }
    const body = { ...ref, lastDay: '2026-02-19', staffId: 's', sealed: 'AAAA' }
    const message = incoming('resultStocked', body, { lane: resultId })
    await store.messages.receive(message)
    const resend = { resultId, user: 'canbo', at: later, since: at, limit: 3 }
    expect(await store.results.resendCode(resend)).toBe('noCode')
    const sms = { at, kioskId, purpose: 'collection', sealed: 'the sms' } as const
    await store.messages.settleNotice(message.message.key, { sms })
    const outcomes = await many(8, (index) =>
      (index % 2 ? store : other).results.resendCode(resend),
    )
    expect(outcomes.sort()).toEqual([...Array(3).fill('resent'), ...Array(5).fill('tooMany')])
    expect((await store.sms.after(0, 99)).map(({ sealed }) => sealed)).toEqual(
      Array(4).fill('the sms'),
    )
    expect(await store.results.resendCode({ ...resend, since: later })).toBe('resent')
  })

  it('has one result of a dossier on its way, and moves the dossier along', async () => {
    const { store, other } = await twoStores()
    await store.messages.receive(deposit())
    const early = resultOf('U1-1', { intakeId })
    expect(await store.results.announce(early)).toBe('notAccepted')
    await store.dossiers.accept(acceptance())
    const outcomes = await many(10, (index) =>
      (index % 2 ? store : other).results.announce(resultOf('U1-1', { intakeId })),
    )
    expect(outcomes.sort()).toEqual([...Array(9).fill('active'), 'announced'])
    expect(await store.results.announce({ ...resultOf('X'), kioskId: 'K99' })).toBe('unknownKiosk')
    const [result] = await store.results.ofDossier('U1-1')
    const resultId = result?.resultId ?? ''
    expect(result).toMatchObject({ intakeId, state: 'announced', phoneConfirmed: true })
    expect(await store.results.revokeRight(resultId, at)).toBe('noRight')

    const ref = { resultId, dossierCode: 'U1-1', rightId: 'r-1' }
    const stocked = {
      ...ref,
      compartment: 1,
      stockedAt: at,
      lastDay: '2026-02-19',
      staffId: 's',
      sealed: 'AAAA',
    }
    await store.messages.receive(incoming('resultStocked', stocked))
    expect(await store.results.revokeRight(resultId, at)).toBe('revoked')
    expect(await store.feed.page(kioskId, 'revocations', 0, 9)).toMatchObject([
      { item: { what: 'collectionRight', id: 'r-1' } },
    ])
    await store.messages.receive(incoming('resultTaken', { ...ref, takenAt: later }))
    expect(await store.results.find(resultId)).toMatchObject({ state: 'taken', takenAt: later })
    const statuses = await store.feed.page(kioskId, 'statuses', 0, 9)
    expect(statuses.map(({ item }) => (item as { status: number }).status)).toEqual([2, 9, 10])
  })

  it('settles a notice once, whoever else has read it as pending', async () => {
    const { store, other } = await twoStores()
    const body = { template: 'slipNotPrinted' as const, sealed: 'AAAA' }
    const notices = [incoming('notification', body), incoming('notification', body)]
    for (const notice of notices) await store.messages.receive(notice)
    expect(await other.messages.pendingNotices()).toMatchObject(
      notices.map(({ message, bytes }) => ({ messageKey: message.key, kioskId, bytes })),
    )
    const sms = { at, kioskId, purpose: 'notification' as const, sealed: 'AAAA' }
    const [one, two] = notices.map(({ message }) => message.key)
    await many(8, (index) => (index % 2 ? store : other).messages.settleNotice(one ?? '', { sms }))
    await store.messages.settleNotice(two ?? '', { failure: 'NO_PHONE', at })
    await store.messages.settleNotice(two ?? '', { sms })
    expect(await store.messages.pendingNotices()).toEqual([])
    expect(await store.messages.failedNotices()).toMatchObject([{ failure: 'NO_PHONE' }])
    const sent = await store.sms.after(0, 10)
    expect(sent).toEqual([{ ...sms, id: expect.any(Number) }])
    expect(await store.sms.after(sent[0]?.id ?? 0, 10)).toEqual([])
    expect(await store.sms.newest(1)).toEqual(sent)
  })

  it('shows the feed in the order of its cursors while others write, and never less than before', async () => {
    const { store, other } = await twoStores()
    const seen: number[] = []
    let writing = true
    const reader = (async () => {
      while (writing) {
        const page = await store.feed.page(kioskId, 'hours', seen.at(-1) ?? 0, 100)
        seen.push(...page.map(({ cursor }) => cursor))
        await new Promise(setImmediate)
      }
    })()
    const hours = { weekday: 1, ranges: ['08:00-12:00'] }
    const cursors = await many(60, (index) =>
      (index % 2 ? store : other).feed.publish('hours', index % 3 ? kioskId : null, hours, at),
    )
    writing = false
    await reader
    const rest = await store.feed.page(kioskId, 'hours', seen.at(-1) ?? 0, 100)
    expect([...seen, ...rest.map(({ cursor }) => cursor)]).toEqual(cursors.sort((a, b) => a - b))
    expect(await store.feed.page('K08', 'hours', 0, 100)).toHaveLength(20)
    expect(await store.feed.page(kioskId, 'texts', 0, 100)).toEqual([])
  })

  it('ends a dossier without a result, once, and only then lets its papers go back', async () => {
    const { store, other } = await twoStores()
    const second = 'K07-1-000002-B'
    await store.messages.receive(deposit())
    await store.messages.receive(deposit(second))
    const papers = (id: string, code = id) => resultOf(code, { intakeId: id, what: 'papers' })
    expect(await store.results.announce(papers(intakeId))).toBe('notEnded')
    const outcomes = await many(6, (index) =>
      (index % 2 ? store : other).dossiers.end({ intakeId, how: 'refused', user: 'canbo', at }),
    )
    expect(outcomes.sort()).toEqual([...Array(5).fill('alreadyEnded'), 'ended'])
    expect(await store.dossiers.find(intakeId)).toMatchObject({
      status: 3,
      dossierCode: null,
      acceptedAt: null,
      end: { how: 'refused', at, by: 'canbo' },
    })
    expect(await other.dossiers.accept(acceptance())).toEqual({ outcome: 'alreadyEnded' })
    expect(await store.results.announce(resultOf(intakeId, { intakeId }))).toBe('notAccepted')

    await store.dossiers.accept(acceptance(second))
    const end = { intakeId: second, user: 'canbo', at }
    expect(await store.dossiers.end({ ...end, how: 'refused' })).toBe('alreadyAccepted')
    expect(await store.dossiers.end({ ...end, how: 'withdrawn' })).toBe('ended')
    expect(await store.feed.page(kioskId, 'statuses', 0, 9)).toMatchObject([
      { item: { intakeId, status: 3 } },
      { item: { intakeId: second, status: 2 } },
      { item: { intakeId: second, status: 7, dossierCode: 'U1-1' } },
    ])

    expect(await store.results.announce(papers(intakeId))).toBe('announced')
    expect(await other.results.announce(papers(intakeId))).toBe('active')
    expect(await store.results.announce(papers(second, 'U1-1'))).toBe('announced')
    const [result] = await store.results.ofDossier(intakeId)
    const ref = { resultId: result?.resultId ?? '', dossierCode: intakeId, rightId: 'r-1' }
    await store.messages.receive(incoming('resultTaken', { ...ref, takenAt: later }))
    expect(await store.results.ofDossier(intakeId)).toMatchObject([
      { what: 'papers', state: 'taken' },
    ])
    // Papers that went back are no result that was handed out.
    expect(await store.dossiers.find(intakeId)).toMatchObject({ status: 3 })
    const none = { intakeId: 'K07-1-999999-A', how: 'refused', user: 'canbo', at } as const
    expect(await store.dossiers.end(none)).toBe('unknownDossier')
  })

  it('records a refusal once and frees the result that was refused', async () => {
    const { store } = await twoStores()
    await store.results.announce(resultOf('X-1'))
    const [entry] = await store.feed.page(kioskId, 'results', 0, 9)
    const refusal = { cursor: entry?.cursor ?? 0, code: 'CONFLICT' as const }
    expect(await store.feed.refuse('K08', 'results', refusal, at)).toBe('unknownCursor')
    expect(await store.feed.refuse(kioskId, 'texts', refusal, at)).toBe('unknownCursor')
    for (const _ of [1, 2]) {
      expect(await store.feed.refuse(kioskId, 'results', refusal, at)).toBe('recorded')
    }
    expect(await store.feed.refusals()).toEqual([{ kioskId, kind: 'results', ...refusal, at }])
    expect(await store.results.list(9)).toMatchObject([{ state: 'refused' }])
    expect(await store.results.announce(resultOf('X-1'))).toBe('announced')
  })

  it('has one live grant a person, and renews one from the configuration only when it is due', async () => {
    const { store, other } = await twoStores()
    const outcomes = await many(6, (index) =>
      (index % 2 ? store : other).staff.issueIfDue(grantOf('canbo-01'), 'config', at),
    )
    expect(outcomes.sort()).toEqual(['issued', ...Array(5).fill('notDue')])
    await many(4, (index) =>
      (index % 2 ? store : other).staff.issue(grantOf('canbo-01'), 'quanly', later),
    )
    const grants = await store.staff.list()
    expect(grants).toHaveLength(5)
    expect(grants.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1)
    const live = grants.find(({ revokedAt }) => revokedAt === null)?.grantId ?? ''
    expect(await store.staff.revoke(live, 'quanly', later)).toBe('revoked')
    expect(await store.staff.revoke(live, 'quanly', later)).toBe('alreadyRevoked')
    expect(await store.staff.revoke('none', 'quanly', later)).toBe('unknown')
    expect(await store.staff.issueIfDue(grantOf('canbo-01'), 'config', later)).toBe('notDue')
    await store.staff.issue(grantOf('canbo-02', at), 'config', at)
    expect(await store.staff.issueIfDue(grantOf('canbo-02'), 'config', later)).toBe('issued')
    expect(await store.feed.page(kioskId, 'revocations', 0, 100)).toHaveLength(6)
  })

  it('registers an epoch for one database, however many try at once', async () => {
    const { store, other } = await twoStores()
    const outcomes = await many(6, (index) =>
      (index % 2 ? store : other).kiosks.registerEpoch(
        'K08',
        { ...registration, instance: randomUUID() },
        at,
      ),
    )
    expect(outcomes.sort()).toEqual(['registered', ...Array(5).fill('repeated')])
    expect(await other.kiosks.registerEpoch(kioskId, registration, later)).toBe('registered')
    const otherKey = { ...registration, slipPublicKey: 'another' }
    expect(await store.kiosks.registerEpoch(kioskId, otherKey, later)).toBe('repeated')
    expect(await store.kiosks.epochs(kioskId)).toMatchObject([{ epoch: 1, registeredAt: at }])
  })

  it('keeps the newest heartbeat, and one open alarm of a kind, however many judge at once', async () => {
    const { store, other } = await twoStores()
    const judge: JudgeHeartbeat = (id, { epoch, audit }, known) => ({
      alarms:
        (known.seen?.sequence ?? 0) > audit.sequence
          ? [
              {
                kind: 'AUDIT_CUT_OFF',
                epoch,
                seen: known.seen?.sequence ?? 0,
                told: audit.sequence,
              },
            ]
          : [],
      seen: known.epoch && id === kioskId ? (known.seen ?? audit) : undefined,
    })
    const hash = '0'.repeat(64)
    const beat = (to: ProvinceStore, sequence: number, changes = {}) =>
      to.heartbeats.beat(
        kioskId,
        { ...heartbeat, ...changes, audit: { ...heartbeat.audit, sequence } },
        later,
        judge,
      )
    expect(await beat(store, 7)).toMatchObject({ sequence: 7, hash })
    const answers = await many(8, (index) => beat(index % 2 ? store : other, 3))
    expect(answers.every((seen) => seen?.sequence === 7)).toBe(true)
    const [alarm, ...more] = await store.heartbeats.alarms()
    expect(more).toEqual([])
    expect(alarm).toMatchObject({
      kioskId,
      kind: 'AUDIT_CUT_OFF',
      epoch: 1,
      seen: 7,
      told: 3,
      times: 8,
    })
    expect(await other.heartbeats.newest()).toMatchObject([
      { kioskId, receivedAt: later, heartbeat: { audit: { sequence: 3 } } },
    ])
    const settled = await many(4, (index) =>
      (index % 2 ? store : other).heartbeats.settleAlarm(alarm?.id ?? 0, 'quanly', later),
    )
    expect(settled.filter((id) => id === kioskId)).toHaveLength(1)
    expect(await store.heartbeats.alarms()).toEqual([])
    // After it the chain begins anew.
    expect(await beat(other, 3)).toMatchObject({ sequence: 3 })
    expect(await beat(store, 9, { epoch: 9 })).toBeNull()
  })

  it('counts wrong passwords and phone codes for all processes together', async () => {
    const { store, other } = await twoStores()
    const user = {
      name: 'canbo',
      displayName: 'Cán bộ',
      role: 'officer',
      passwordHash: 'x',
    } as const
    await many(2, () => store.users.addIfMissing(user))
    expect(await other.users.find('canbo')).toEqual(user)
    const rule = { maxTries: 5, lockedUntil: later }
    const tries = await many(8, (index) =>
      (index % 2 ? store : other).users.beginTry('canbo', at, rule),
    )
    expect(tries.filter((outcome) => outcome === 'allowed')).toHaveLength(5)
    await store.users.forgetTries('canbo')
    expect(await other.users.beginTry('canbo', at, rule)).toBe('allowed')

    const codes = await many(8, (index) =>
      (index % 2 ? store : other).kiosks.beginPhoneCode(kioskId, later, { since: at, max: 3 }),
    )
    expect(codes.filter((outcome) => outcome === 'allowed')).toHaveLength(3)
    const minuteLater = { since: later, max: 3 }
    expect(await store.kiosks.beginPhoneCode(kioskId, later, minuteLater)).toBe('allowed')
  })

  it('knows the sessions of the other process and forgets those that are over', async () => {
    const { store, other } = await twoStores()
    const user = {
      name: 'canbo',
      displayName: 'Cán bộ',
      role: 'officer',
      passwordHash: 'x',
    } as const
    await store.users.addIfMissing(user)
    const session = { idHash: 'h', userName: 'canbo', csrfToken: 'c', startedAt: at }
    const none = { startedBefore: '2026-02-08', seenBefore: '2026-02-08' }
    await store.sessions.add(session, none)
    expect(await other.sessions.see('h', later, none)).toEqual(session)
    const idle = { ...none, seenBefore: '2026-02-09T05' }
    expect(await other.sessions.see('h', later, idle)).toBeUndefined()
    expect(await other.sessions.see('h', later, none)).toEqual(session)
    await other.sessions.end('h')
    expect(await store.sessions.see('h', later, none)).toBeUndefined()
  })

  it('belongs to the first that claims it', async () => {
    const { store, other } = await twoStores()
    expect(await store.identity.find()).toBeUndefined()
    const claims = await many(6, (index) =>
      (index % 2 ? store : other).identity.claim(
        { provinceId: 'p', keyId: `key ${index}`, ageRecipient: 'age1' },
        at,
      ),
    )
    expect(new Set(claims.map(({ keyId }) => keyId)).size).toBe(1)
    expect(await other.identity.find()).toEqual(claims[0])
  })

  it('writes down who did what, newest first', async () => {
    const { store } = await twoStores()
    for (const action of ['signIn', 'viewSms'] as const) {
      await store.accessLog.add({ at, user: 'canbo', action, subject: '' })
    }
    expect(await store.accessLog.list(10)).toEqual([
      { at, user: 'canbo', action: 'viewSms', subject: '' },
      { at, user: 'canbo', action: 'signIn', subject: '' },
    ])
  })

  it('is brought up to date by many processes at once', async () => {
    const { open } = await newDatabase()
    const stores = await many(5, () => open())
    await stores[0]?.kiosks.put({ kioskId, unitCode: 'U1', place: 'Sảnh', tokenHash: 'h7' })
    await stores[4]?.kiosks.touch(kioskId, later)
    expect(await stores[2]?.kiosks.list()).toMatchObject([{ kioskId, lastContactAt: later }])
    expect(await stores[3]?.kiosks.findByTokenHash('h7')).toMatchObject({ kioskId })
    for (const store of stores) await store.close()
  })
})

describe('the store on PostgreSQL alone', () => {
  const tell = async (url: string, sql: string) => {
    const client = new pg.Client(url)
    await client.connect()
    await client.query(sql)
    await client.end()
  }

  it('refuses a server that acknowledges what it may lose', async () => {
    const url = await postgres.createDatabase()
    const name = new URL(url.replace('@/', '@x/')).pathname.slice(1)
    await tell(url, `ALTER DATABASE ${name} SET synchronous_commit = off`)
    await expect(openPostgresStore(url)).rejects.toThrow('synchronous_commit')
  })

  it('refuses a database that newer software wrote, and leaves it as it is', async () => {
    const url = await postgres.createDatabase()
    await (await openPostgresStore(url)).close()
    await tell(url, 'UPDATE schema_version SET applied = 99')
    await expect(openPostgresStore(url)).rejects.toThrow('schema 99')
  })

  it('fails at once where nobody answers', async () => {
    await expect(openPostgresStore('postgres://x@127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED')
  })

  it('holds every message it acknowledged before the server crashed, and goes on with the next', async () => {
    const url = await postgres.createDatabase()
    const store = await openPostgresStore(url)
    onTestFinished(() => store.close())
    await store.kiosks.put({ kioskId, unitCode: 'U1', place: 'Sảnh', tokenHash: 'h7' })
    const epoch = { epoch: 1, instance: randomUUID(), startedAt: at, slipKeyId: 's' }
    await store.kiosks.registerEpoch(kioskId, { ...epoch, slipPublicKey: 'k' }, at)
    const messages: ReturnType<typeof incoming>[] = []
    const acknowledged = new Set<string>()
    const failures: unknown[] = []
    let crashing: Promise<void> | undefined
    let isBack = false
    /** One after another, until the crash meets it or is over. */
    async function send(): Promise<void> {
      while (!isBack) {
        const message = incoming('rating', { score: 5 })
        messages.push(message)
        try {
          await store.messages.receive(message)
        } catch (error) {
          failures.push(error)
          return
        }
        acknowledged.add(message.message.key)
        if (acknowledged.size < 50) continue
        crashing ??= postgres.crash().then(() => {
          isBack = true
        })
      }
    }
    await Promise.all(Array.from({ length: 20 }, send))
    await crashing
    expect(failures.length).toBeGreaterThan(0)
    for (const failure of failures) expect(failure).toBeInstanceOf(StoreBusyError)
    const all = { limit: 99_999 }
    const held = new Set((await store.messages.list(all)).map(({ key }) => key))
    for (const key of acknowledged) expect(held.has(key)).toBe(true)
    for (const message of messages) await store.messages.receive(message)
    expect(await store.messages.list(all)).toHaveLength(messages.length)
  })
})
