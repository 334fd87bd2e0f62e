import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { auditHeadText, type Heartbeat } from '../../src/contract/province/heartbeat.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { openStore, type Store } from '../../src/main/store/open-store.ts'
import type { SyncIncident } from '../../src/main/sync/answer.ts'
import { createHeartbeatWorker, type HeartbeatFacts } from '../../src/main/sync/heartbeat-worker.ts'
import { createProvinceClient } from '../../src/main/sync/province-client.ts'
import { seal, wireMessage } from '../support/kiosk-client.ts'
import { demoKiosk } from '../support/province.ts'
import { syncTestClock } from '../sync/support/sync-test-clock.ts'
import { type Scene, scene } from './in-process.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const slipKey = { keyId: 'K07.1', publicKey: publicKey.export({ format: 'jwk' }).x ?? '' }
const facts: HeartbeatFacts = {
  clockSynchronised: true,
  outbox: { pending: 2, parked: 1, oldestAt: '2026-02-09T02:00:00.000Z' },
  services: [
    { service: 'intake', available: false, reasons: ['PAPER_OUT'] },
    { service: 'collection', available: true, reasons: [] },
  ],
  supplies: [
    { supply: 'paper', left: 0, capacity: 80_000, lowAt: 8_000 },
    { supply: 'bags', left: 15, capacity: 200, lowAt: 20 },
  ],
  compartments: { free: 7, blocked: 1 },
}

/** test/sync/older-province.test.ts has them. */
const noLosses = { acknowledged: () => [], compare: async () => undefined }

/** The heart of a kiosk with a real store, before the real province; `beat` lets a minute pass. */
function heart(here: Scene, folder = temporaryFolder()) {
  const clock = syncTestClock()
  const store = openStore({
    folder,
    kioskId: demoKiosk.id,
    compartments: [{ number: 1, kind: 'drop' }],
    supplies: { bags: { capacity: 1, lowAt: 0 }, paper: { capacity: 1, lowAt: 0 } },
    clock: { now: clock.now, runningMs: clock.runningMs },
    newKey: uuidv7,
    newInstance: randomUUID,
    firstEpoch: 2,
  })
  const incidents: SyncIncident[] = []
  const { url, published } = here.province
  const { provinceId, receiptKeys } = published
  const client = createProvinceClient({
    ...{ url, kioskId: demoKiosk.id, token: demoKiosk.token, provinceId, receiptKeys },
  })
  let answers = 0
  const worker = createHeartbeatWorker({
    kioskId: demoKiosk.id,
    client: {
      async beat(heartbeat, signal) {
        const at = here.now().toISOString()
        const answer = await client.beat({ ...heartbeat, ...resigned(heartbeat, at) }, signal)
        answers += 1
        return answer
      },
    },
    facts: () => facts,
    epoch: store.epoch.epoch,
    audit: { head: store.auditHead, hashAt: store.auditHashAt },
    signer: { keyId: slipKey.keyId, sign: signature },
    losses: noLosses,
    clock,
    report: (incident) => incidents.push(incident),
  })
  onTestFinished(async () => {
    await worker.stop()
    store.close()
  })
  let started = false
  return {
    store,
    folder,
    incidents,
    registerEpoch() {
      const { epoch, instance, startedAt } = store.epoch.epoch()
      const { keyId: slipKeyId, publicKey: slipPublicKey } = slipKey
      return client.registerEpoch({ epoch, instance, startedAt, slipKeyId, slipPublicKey })
    },
    async beat() {
      const before = answers
      if (!started) worker.start()
      started = true
      await clock.advance(60_000)
      await vi.waitUntil(() => answers > before, { timeout: 10_000 })
    },
  }
}

const signature = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url')
/** The test turns the kiosk's timers by hand; its wall clock is the province's. */
function resigned(heartbeat: Heartbeat, at: string) {
  const { epoch, audit } = heartbeat
  const text = auditHeadText({ kioskId: demoKiosk.id, epoch, at, ...audit })
  return { at, audit: { ...audit, signature: signature(text) } }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'province-heart-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const record = (store: Store, times: number) => {
  for (let n = 0; n < times; n += 1) store.flow.audit.record('test.event', { n })
}

/** Whoever has the disk in hand: the triggers that guard the chain go first. */
function tamper(folder: string, work: (db: Sqlite.Database) => void): void {
  const db = new Sqlite(join(folder, databaseFileName))
  const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all()
  for (const trigger of triggers) db.exec(`DROP TRIGGER ${trigger}`)
  work(db)
  db.close()
}

const alarmsOf = async (here: Scene) =>
  (await here.province.store.heartbeats.alarms()).map(({ kind, times }) => [kind, times])

describe('a heartbeat', () => {
  it('shows operators how each machine is, and the machine red after five minutes of silence', async () => {
    const here = await scene()
    const kiosk = heart(here)
    await kiosk.registerEpoch()
    await kiosk.beat()
    const operator = await here.operator()
    const row = async () =>
      /<tr><td><strong>K07<.*?<\/tr>/.exec(await operator.page('/kiosks'))?.[0]
    const shown = (await row()) ?? ''
    for (const text of [
      'vừa xong',
      '2 tin, lâu nhất 1 giờ',
      'Nộp hồ sơ: hết giấy in (PAPER_OUT)',
      '<strong class="bad">Hết</strong>',
      '<strong class="warn">Sắp hết: 15 / 200 túi</strong>',
      '7 ngăn trống, 1 ngăn bị khóa lại',
      'đúng giờ',
    ]) {
      expect(shown).toContain(text)
    }
    here.waitMs(5 * 60_000)
    expect(await row()).toContain('5 phút trước')
    here.waitMs(1_000)
    expect(await row()).toContain('<strong class="bad">Mất liên lạc 5 phút</strong>')
    await kiosk.beat()
    expect(await row()).toContain('vừa xong')
    // The other kiosk never called.
    expect(await operator.page('/kiosks')).toContain('Chưa liên lạc')
  })

  it('comes again after a province that does not know it, and tells that once', async () => {
    const here = await scene()
    const client = {
      async beat() {
        calls += 1
        return { outcome: 'stop', code: 'NOT_FOUND' } as const
      },
    }
    let calls = 0
    const clock = syncTestClock()
    const incidents: SyncIncident[] = []
    const worker = createHeartbeatWorker({
      kioskId: 'K07',
      client,
      facts: () => facts,
      epoch: () => ({ epoch: 1, instance: randomUUID() }),
      audit: { head: () => ({ sequence: 0, hash: '0' }), hashAt: () => undefined },
      signer: { keyId: 's', sign: () => 's' },
      losses: noLosses,
      clock,
      report: (incident) => incidents.push(incident),
    })
    worker.start()
    await clock.advance(180_000)
    expect(calls).toBe(3)
    expect(incidents).toMatchObject([{ event: 'HEARTBEAT_NOT_TAKEN', code: 'NOT_FOUND' }])
    await worker.stop()
    expect(clock.pendingTimers()).toBe(0)
    expect(await here.province.store.heartbeats.newest()).toEqual([])
  })

  it('lets the province look for notices that another process left unsent', async () => {
    const here = await scene()
    const sealed = await seal(here.recipient, { version: 1, phone: '0900000001', text: 'Thử' })
    const { key, text } = wireMessage('notification', { template: 'slipNotPrinted', sealed })
    // As a process leaves it that dies before it has sent the notice.
    await here.province.store.messages.receive({
      message: JSON.parse(text),
      bytes: Buffer.from(text),
      bodyHash: 'x',
      receivedAt: here.now().toISOString(),
      receipt: key,
    })
    await heart(here).beat()
    await vi.waitUntil(async () => (await here.province.store.sms.after(0, 9)).length === 1, {
      timeout: 10_000,
    })
  })

  it('with a field that is none, or of a stranger, is refused', async () => {
    const here = await scene()
    const post = (body: object, headers = {}) =>
      here.kiosk.request('POST', 'heartbeat', { body: JSON.stringify(body), headers })
    expect(await post({ more: 1 })).toMatchObject({ json: { code: 'INVALID_MESSAGE' } })
    expect(await post({}, { authorization: 'Bearer wrong' })).toMatchObject({ status: 401 })
  })
})

describe('the audit chain, as the province sees it', () => {
  it('grows without an alarm, over restarts of the kiosk', async () => {
    const here = await scene()
    const kiosk = heart(here)
    await kiosk.registerEpoch()
    await kiosk.beat()
    for (const times of [0, 5, 1]) {
      record(kiosk.store, times)
      await kiosk.beat()
    }
    const again = heart(here, kiosk.folder)
    record(again.store, 3)
    await again.beat()
    await again.beat()
    expect(await alarmsOf(here)).toEqual([])
    expect(kiosk.incidents).toEqual([])
  })

  it('cut off is an alarm in red, until a manager has settled it', async () => {
    const here = await scene()
    const kiosk = heart(here)
    await kiosk.registerEpoch()
    record(kiosk.store, 10)
    await kiosk.beat()
    const { sequence } = kiosk.store.auditHead()
    tamper(kiosk.folder, (db) => db.exec(`DELETE FROM audit WHERE sequence > ${sequence - 4}`))
    await kiosk.beat()
    await kiosk.beat()
    expect(await alarmsOf(here)).toEqual([['AUDIT_CUT_OFF', 2]])
    const operator = await here.operator()
    expect(await operator.page('/kiosks')).toContain(
      `<strong class="bad">Nhật ký của máy bị cắt ngắn</strong><br>Đã thấy đến dòng ${sequence}, máy báo dòng ${sequence - 4}`,
    )
    const [alarm] = await here.province.store.heartbeats.alarms()
    const settle = `/kiosks/alarms/${alarm?.id}/settle`
    expect((await operator.post(settle)).status).toBe(403)
    expect(await alarmsOf(here)).toHaveLength(1)
    const manager = await here.manager()
    expect((await manager.post(settle)).outcome).toBe('alarmSettled')
    expect((await manager.post(settle)).outcome).toBe('noAlarm')
    await kiosk.beat()
    expect(await alarmsOf(here)).toEqual([])
  })

  it('cut off and grown again beyond what was seen is found out', async () => {
    const here = await scene()
    const kiosk = heart(here)
    await kiosk.registerEpoch()
    record(kiosk.store, 10)
    await kiosk.beat()
    const { sequence } = kiosk.store.auditHead()
    tamper(kiosk.folder, (db) => db.exec(`DELETE FROM audit WHERE sequence > ${sequence - 4}`))
    record(kiosk.store, 20)
    await kiosk.beat()
    expect(await alarmsOf(here)).toEqual([['AUDIT_REWRITTEN', 1]])
    // A kiosk that forgot what the province had seen must show it at the second beat at the latest.
    const other = await scene()
    const second = heart(other)
    await second.registerEpoch()
    record(second.store, 10)
    await second.beat()
    tamper(second.folder, (db) => db.exec(`DELETE FROM audit WHERE sequence > ${sequence - 4}`))
    const restarted = heart(other, second.folder)
    record(restarted.store, 20)
    await restarted.beat()
    await restarted.beat()
    expect(await alarmsOf(other)).toEqual([['AUDIT_REWRITTEN', 1]])
  })

  it('with its last row rewritten is found out', async () => {
    const here = await scene()
    const kiosk = heart(here)
    await kiosk.registerEpoch()
    record(kiosk.store, 3)
    await kiosk.beat()
    tamper(kiosk.folder, (db) =>
      db.exec(
        `UPDATE audit SET hash = '${'f'.repeat(64)}' WHERE sequence = (SELECT max(sequence) FROM audit)`,
      ),
    )
    await kiosk.beat()
    expect(await alarmsOf(here)).toEqual([['AUDIT_REWRITTEN', 1]])
  })

  it('must be signed with the key of its epoch', async () => {
    const here = await scene()
    const kiosk = heart(here)
    const { epoch, instance, startedAt } = kiosk.store.epoch.epoch()
    const slipPublicKey = Buffer.alloc(32, 7).toString('base64url')
    const registration = { epoch, instance, startedAt, slipKeyId: slipKey.keyId, slipPublicKey }
    await here.province.store.kiosks.registerEpoch('K07', registration, startedAt)
    await kiosk.beat()
    expect(await alarmsOf(here)).toEqual([['AUDIT_SIGNATURE_BAD', 1]])
  })
})

describe('an epoch that two databases have', () => {
  it('is an alarm when the second registers it, and when it reports with it', async () => {
    const here = await scene()
    const first = heart(here)
    const second = heart(here)
    expect(await first.registerEpoch()).toEqual({ outcome: 'done' })
    await first.beat()
    expect(await second.registerEpoch()).toMatchObject({ code: 'EPOCH_REPEATED' })
    expect(await alarmsOf(here)).toEqual([['EPOCH_REPEATED', 1]])
    await second.beat()
    await first.beat()
    expect(await alarmsOf(here)).toEqual([['EPOCH_REPEATED', 2]])
    expect(await (await here.operator()).page('/kiosks')).toContain(
      '<strong class="bad">Hai cơ sở dữ liệu cùng một đợt',
    )
  })
})
