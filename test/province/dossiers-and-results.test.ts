import { createPublicKey, verify } from 'node:crypto'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import {
  type FeedItem,
  feedItems,
  feedPageSchema,
  staffGrantText,
} from '../../src/contract/province/feed.ts'
import { sha256Hex } from '../../src/province/security/tokens.ts'
import { sqliteStoreFile } from '../../src/province/store/sqlite/open-sqlite-store.ts'
import {
  depositMessage,
  intakeIdOf,
  seal,
  syntheticDossier,
  wireMessage,
} from '../support/kiosk-client.ts'
import { demoOfficer, judgeProvince } from '../support/province.ts'
import { type Scene, scene } from './in-process.ts'

async function deposited(here: Scene, number = 1, changes = {}): Promise<string> {
  const intakeId = intakeIdOf(number)
  const dossier = syntheticDossier(intakeId, changes)
  const answer = await here.kiosk.send(await depositMessage(here.recipient, dossier))
  if (answer.status !== 200) throw new Error(answer.text)
  return intakeId
}

async function stockedMessage(here: Scene, item: FeedItem<'results'>, changes = {}) {
  const { resultId, dossierCode } = item
  const notice = {
    version: 1,
    resultId,
    dossierCode,
    code: '48213377',
    qr: 'synthetic-one-time-qr',
    place: 'Sảnh mẫu',
    lastDay: '2026-02-19',
    ...changes,
  }
  const body = {
    resultId,
    dossierCode,
    rightId: 'right-1',
    compartment: 9,
    stockedAt: '2026-02-09T03:30:00.000Z',
    lastDay: '2026-02-19',
    staffId: demoOfficer.staffId,
    sealed: await seal(here.recipient, notice),
  } as const
  return wireMessage('resultStocked', body, { lane: resultId })
}

async function demoSms(here: Scene, after = 0) {
  await here.province.noticesSettled()
  const answer = await fetch(`${here.province.url}/demo/sms?after=${after}`)
  const { items } = (await answer.json()) as {
    items: {
      id: number
      purpose: string
      phone: string
      text: string
      attachment: { payload: string } | null
    }[]
  }
  return items
}

describe('acceptance', () => {
  it('alone gives a code and a status above 1', async () => {
    const here = await scene()
    const intakeId = await deposited(here)
    for (const message of [
      wireMessage('slipPrinted', { intakeId, copy: 1, printedAt: '2026-02-09T02:01:00.000Z' }),
      wireMessage('compartmentEmptied', {
        intakeId,
        bagCode: `BAG-${intakeId}`,
        compartment: 3,
        emptiedAt: '2026-02-09T02:30:00.000Z',
        staffId: demoOfficer.staffId,
      }),
      wireMessage('resultTaken', {
        resultId: 'made-up',
        dossierCode: 'made-up',
        rightId: 'made-up',
        takenAt: '2026-02-09T02:31:00.000Z',
      }),
    ]) {
      expect((await here.kiosk.send(message)).status).toBe(200)
    }
    const officer = await here.officer()
    expect(await officer.sendResult(intakeId)).toEqual({ status: 303, outcome: 'notAccepted' })
    expect(await here.province.store.dossiers.find(intakeId)).toMatchObject({
      status: 1,
      dossierCode: null,
      acceptedAt: null,
      slipPrintedAt: '2026-02-09T02:01:00.000Z',
      collectedAt: '2026-02-09T02:30:00.000Z',
    })
    expect(await here.kiosk.feed('statuses')).toEqual([])
    expect(await here.kiosk.feed('results')).toEqual([])

    expect(await officer.accept(intakeId)).toBe('H99.01-260209-0001')
    const [item] = await here.kiosk.feed('statuses')
    expect(feedItems.statuses.parse(item?.item)).toEqual({
      intakeId,
      dossierCode: 'H99.01-260209-0001',
      status: 2,
      at: '2026-02-09T03:00:00.000Z',
    })
  })

  it('is guarded by the store itself', async () => {
    const here = await scene()
    const intakeId = await deposited(here)
    const db = new Database(sqliteStoreFile(here.dataFolder))
    for (const change of ['status = 2', "dossier_code = 'X'", "accepted_at = '2026-02-09'"]) {
      expect(() =>
        db.prepare(`UPDATE dossiers SET ${change} WHERE intake_id = ?`).run(intakeId),
      ).toThrow(/CHECK/)
    }
    expect(() => db.exec('DELETE FROM messages')).toThrow(/receipt/)
    expect(() => db.exec("UPDATE messages SET receipt = '{}'")).toThrow(/receipt/)
    db.close()
  })

  it('counts per unit and local day, and never again for the same dossier', async () => {
    const here = await scene()
    const officer = await here.officer()
    await here.otherKiosk.registerEpoch(1)
    const other = syntheticDossier(intakeIdOf(1, 'K08'))
    await here.otherKiosk.send(await depositMessage(here.recipient, other, { kioskId: 'K08' }))
    const codes: string[] = []
    for (const number of [1, 2]) codes.push(await officer.accept(await deposited(here, number)))
    codes.push(await officer.accept(other.intakeId))
    codes.push(await officer.accept(intakeIdOf(1)))
    here.setTime('2026-02-09T16:59:59.000Z')
    codes.push(await (await here.officer()).accept(await deposited(here, 3)))
    here.setTime('2026-02-09T17:00:00.000Z')
    codes.push(await (await here.officer()).accept(await deposited(here, 4)))
    expect(codes).toEqual([
      'H99.01-260209-0001',
      'H99.01-260209-0002',
      'H99.02-260209-0001',
      'H99.01-260209-0001',
      'H99.01-260209-0003',
      'H99.01-260210-0001',
    ])
    expect(await here.otherKiosk.feed('statuses')).toHaveLength(1)
  })
})

describe('results', () => {
  it('go out, are stocked, announced by SMS with digits, place and last day, and taken', async () => {
    const here = await scene()
    const officer = await here.officer()
    const intakeId = await deposited(here)
    const dossierCode = await officer.accept(intakeId)
    const how = { assurance: 'codeAndProof', size: 'large', keepDays: '12' } as const
    expect(await officer.sendResult(intakeId, how)).toEqual({ status: 303, outcome: 'sent' })
    expect(await officer.sendResult(intakeId)).toEqual({ status: 303, outcome: 'active' })

    const [result, ...more] = await here.kiosk.feed('results')
    expect(more).toEqual([])
    expect(await here.otherKiosk.feed('results')).toEqual([])
    const item = feedItems.results.parse(result?.item)
    expect(item).toMatchObject({
      dossierCode,
      intakeId,
      procedureCode: '1.000000',
      assurance: 'codeAndProof',
      phoneConfirmed: true,
      size: 'large',
      keepDays: 12,
    })

    const message = await stockedMessage(here, item)
    await here.kiosk.send(message)
    await here.kiosk.send(message)
    const [sms, ...others] = await demoSms(here)
    expect(others).toEqual([])
    expect(sms).toMatchObject({
      purpose: 'collection',
      phone: '0900000001',
      attachment: { kind: 'qr', payload: 'synthetic-one-time-qr' },
    })
    for (const part of [dossierCode, '48213377', 'Sanh mau', '19/02/2026']) {
      expect(sms?.text).toContain(part)
    }
    expect(sms?.text).not.toContain('synthetic-one-time-qr')
    expect(sms?.text).not.toMatch(/https?:/)
    expect(await judgeProvince(here.dataFolder).sms()).toMatchObject([
      { phone: '0900000001', qr: 'synthetic-one-time-qr' },
    ])

    expect(await officer.post(`/results/${item.resultId}/revoke`)).toMatchObject({
      outcome: 'rightRevoked',
    })
    expect((await here.kiosk.feed('revocations')).map((entry) => entry.item)).toEqual([
      { what: 'collectionRight', id: 'right-1' },
    ])

    const { resultId } = item
    const takenAt = '2026-02-09T05:00:00.000Z'
    await here.kiosk.send(
      wireMessage('resultTaken', { resultId, dossierCode, rightId: 'right-1', takenAt }),
    )
    expect(await here.province.store.dossiers.find(intakeId)).toMatchObject({ status: 10 })
    expect(await here.province.store.results.find(resultId)).toMatchObject({
      state: 'taken',
      takenAt,
    })
    expect((await here.kiosk.feed('statuses')).map((entry) => entry.item.status)).toEqual([
      2, 9, 10,
    ])
  })

  it('have their code sent again to the same number only, three times a day, on record', async () => {
    const here = await scene()
    const officer = await here.officer()
    const intakeId = await deposited(here)
    await officer.accept(intakeId)
    await officer.sendResult(intakeId)
    const [announced] = await here.kiosk.feed('results')
    const item = feedItems.results.parse(announced?.item)
    const resend = (body = {}) => officer.post(`/results/${item.resultId}/resend`, body)
    expect(await resend()).toMatchObject({ outcome: 'noCode' })
    await here.kiosk.send(await stockedMessage(here, item))
    await here.province.noticesSettled()

    // Whatever is sent along, it goes where it went.
    const other = { phone: '0900000009', text: 'x' }
    expect(await resend(other)).toMatchObject({ outcome: 'resent' })
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => resend(other)))
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      ...['resent', 'resent', 'tooMany', 'tooMany', 'tooMany', 'tooMany'],
    ])
    const all = await judgeProvince(here.dataFolder).sms()
    expect(all).toHaveLength(4)
    expect(new Set(all.map(({ phone, text, qr }) => JSON.stringify([phone, text, qr]))).size).toBe(
      1,
    )
    expect(all[0]).toMatchObject({ phone: '0900000001', purpose: 'collection' })
    const log = await here.province.store.accessLog.list(100)
    const resent = log.filter(({ action }) => action === 'resendCode')
    expect(resent.map(({ subject }) => subject)).toEqual(Array(3).fill(item.resultId))

    here.waitMs(24 * 3_600_000 - 1)
    expect(await (await here.officer()).post(`/results/${item.resultId}/resend`)).toMatchObject({
      outcome: 'tooMany',
    })
    here.waitMs(1)
    expect(await (await here.officer()).post(`/results/${item.resultId}/resend`)).toMatchObject({
      outcome: 'resent',
    })
    const { resultId, dossierCode } = item
    const takenAt = '2026-02-10T05:00:00.000Z'
    await here.kiosk.send(
      wireMessage('resultTaken', { resultId, dossierCode, rightId: 'right-1', takenAt }),
    )
    expect(await (await here.officer()).post(`/results/${resultId}/resend`)).toMatchObject({
      outcome: 'noCode',
    })
  })

  it('of dossiers not handed in here are typed, and their phone gets the code', async () => {
    const here = await scene()
    const officer = await here.officer()
    const typed = {
      dossierCode: 'H01.23-260101-0042',
      procedureCode: '2.000000',
      phone: '0900 000 002',
    }
    expect(await officer.sendTypedResult({ ...typed, phone: '12' })).toMatchObject({
      outcome: 'invalid',
    })
    expect(await officer.sendTypedResult({ ...typed, phoneConfirmed: 'yes' })).toMatchObject({
      outcome: 'sent',
    })
    const [entry] = await here.kiosk.feed('results')
    const item = feedItems.results.parse(entry?.item)
    expect(item).toMatchObject({ dossierCode: typed.dossierCode, phoneConfirmed: true })
    expect(item.intakeId).toBeUndefined()
    await here.kiosk.send(await stockedMessage(here, item))
    expect(await demoSms(here)).toMatchObject([{ phone: '0900000002', purpose: 'collection' }])
  })

  it('may be sent again after the kiosk refused or they expired, not before', async () => {
    const here = await scene()
    const officer = await here.officer()
    const intakeId = await deposited(here)
    const dossierCode = await officer.accept(intakeId)
    await officer.sendResult(intakeId)
    const [first] = await here.kiosk.feed('results')
    const refusal = { cursor: first?.cursor ?? 0, code: 'CONFLICT' }
    const refuse = (kind: string) =>
      here.kiosk.request('POST', `feed/${kind}/refusals`, { body: JSON.stringify(refusal) })
    expect(await refuse('statuses')).toMatchObject({ status: 404 })
    expect(await refuse('results')).toMatchObject({ status: 200 })
    expect(await refuse('results')).toMatchObject({ status: 200 })
    expect(await here.province.store.feed.refusals()).toMatchObject([
      { kioskId: 'K07', ...refusal },
    ])

    expect(await officer.sendResult(intakeId)).toMatchObject({ outcome: 'sent' })
    const [second] = await here.kiosk.feed('results', first?.cursor)
    const item = feedItems.results.parse(second?.item)
    await here.kiosk.send(await stockedMessage(here, item))
    const { resultId } = item
    const at = '2026-02-20T01:00:00.000Z'
    await here.kiosk.send(
      wireMessage('resultExpired', { resultId, dossierCode, rightId: 'right-1', at }),
    )
    expect(await officer.sendResult(intakeId)).toMatchObject({ outcome: 'sent' })
    expect(await here.kiosk.feed('results')).toHaveLength(3)
  })

  it('remind their owner by SMS, without the code, unless the last day has passed', async () => {
    const here = await scene()
    const officer = await here.officer()
    const intakeId = await deposited(here)
    const dossierCode = await officer.accept(intakeId)
    await officer.sendResult(intakeId)
    const [entry] = await here.kiosk.feed('results')
    const item = feedItems.results.parse(entry?.item)
    await here.kiosk.send(await stockedMessage(here, item))
    const { resultId } = item
    const told = (await demoSms(here)).length
    const at = '2026-02-18T01:00:00.000Z'
    const remind = (lastDay: string) => {
      const body = { resultId, dossierCode, rightId: 'right-1', lastDay, at }
      return here.kiosk.send(wireMessage('resultReminder', body))
    }
    expect(await remind('2026-02-19')).toMatchObject({ status: 200 })
    const [sms, ...others] = (await demoSms(here)).slice(told)
    expect(others).toEqual([])
    expect(sms?.text).toContain(dossierCode)
    expect(sms?.text).toContain('19/02/2026')
    expect(sms?.text).not.toContain('48213377')
    expect(sms?.attachment).toBeNull()

    // The machine was without a network for days.
    here.setTime('2026-02-20T01:00:00.000Z')
    expect(await remind('2026-02-19')).toMatchObject({ status: 200 })
    expect(await demoSms(here)).toHaveLength(told + 1)
    expect(await here.province.store.messages.failedNotices()).toMatchObject([
      { failure: 'TOO_LATE' },
    ])
  })

  it.each([
    ['NO_PHONE', { phone: '' }, {}],
    ['RESULT_MISMATCH', {}, { dossierCode: 'other' }],
    ['INVALID_CONTENT', {}, { lastDay: 'soon' }],
  ])('that nobody can be told of are shown as %s', async (failure, dossier, notice) => {
    const here = await scene()
    const officer = await here.officer()
    const intakeId = await deposited(here, 1, dossier)
    await officer.accept(intakeId)
    await officer.sendResult(intakeId)
    const [entry] = await here.kiosk.feed('results')
    const message = await stockedMessage(here, feedItems.results.parse(entry?.item), notice)
    expect(await here.kiosk.send(message)).toMatchObject({ status: 200 })
    expect(await demoSms(here)).toEqual([])
    expect(await here.province.store.messages.failedNotices()).toMatchObject([
      { messageKey: message.key, failure },
    ])
    expect(await officer.page('/sms')).toContain('Không gửi được')
  })

  it('with something sealed to somebody else are held all the same', async () => {
    const here = await scene()
    const message = wireMessage('notification', { template: 'slipNotPrinted', sealed: 'AAAA' })
    expect(await here.kiosk.send(message)).toMatchObject({ status: 200 })
    expect(await demoSms(here)).toEqual([])
    expect(await here.province.store.messages.failedNotices()).toMatchObject([
      { failure: 'UNSEAL_FAILED' },
    ])
  })
})

describe('SMS', () => {
  it('of notifications and phone codes reach the outbox, sealed', async () => {
    const here = await scene()
    const text = 'MARKED-TEXT máy không in được phiếu'
    await here.kiosk.send(
      wireMessage('notification', {
        template: 'slipNotPrinted',
        sealed: await seal(here.recipient, { version: 1, phone: '0900000003', text }),
      }),
    )
    await here.province.noticesSettled()
    const sealed = await seal(here.recipient, {
      version: 1,
      phone: '0900000004',
      code: '135791',
      language: 'vi',
    })
    const body = JSON.stringify({ sealed })
    expect(await here.kiosk.request('POST', 'phone-codes', { body })).toMatchObject({ status: 202 })
    const sms = await demoSms(here)
    expect(sms).toMatchObject([
      { purpose: 'notification', phone: '0900000003' },
      { purpose: 'phoneCode', phone: '0900000004', attachment: null },
    ])
    expect(sms[1]?.text).toContain('135791')
    expect(await demoSms(here, sms[0]?.id)).toHaveLength(1)

    const db = new Database(sqliteStoreFile(here.dataFolder))
    db.pragma('wal_checkpoint(TRUNCATE)')
    const bytes = db.serialize().toString('latin1')
    db.close()
    for (const secret of ['MARKED-TEXT', '0900000003', '0900000004', '135791']) {
      expect(bytes).not.toContain(secret)
    }
  })

  it('refuses phone codes that are none, and more than a kiosk may ask for in a minute', async () => {
    const here = await scene({
      limits: { messageBytes: 4_200_000, pageBytes: 8_000_000, phoneCodesPerMinute: 2 },
    })
    const ask = async (content: unknown) => {
      const body = JSON.stringify({ sealed: await seal(here.recipient, content) })
      return here.kiosk.request('POST', 'phone-codes', { body })
    }
    const request = { version: 1, phone: '0900000004', code: '135791', language: 'en' }
    expect(await ask({ ...request, code: '1' })).toMatchObject({ status: 400 })
    expect(await ask(request)).toMatchObject({ status: 202 })
    expect(await ask(request)).toMatchObject({ status: 429, json: { code: 'BUSY' } })
    here.waitMs(61_000)
    expect(await ask(request)).toMatchObject({ status: 202 })
    expect(await demoSms(here)).toHaveLength(2)
  })
})

describe('feed', () => {
  it('pages by cursor and refuses kinds and cursors that are none', async () => {
    const here = await scene()
    const publish = (key: string, kioskId: string | null) =>
      here.province.store.feed.publish(
        'texts',
        kioskId,
        { key, language: 'vi', text: 'Thông báo' },
        '2026-02-09T03:00:00.000Z',
      )
    const cursors = [
      await publish('notice.a', null),
      await publish('notice.b', 'K07'),
      await publish('notice.c', 'K08'),
      await publish('notice.d', null),
    ]
    const keys = async (query: string) => {
      const { json } = await here.kiosk.request('GET', `feed/texts?${query}`)
      const page = feedPageSchema.parse(json)
      return page.items.map(({ item }) => feedItems.texts.parse(item).key)
    }
    expect(await keys('')).toEqual(['notice.a', 'notice.b', 'notice.d'])
    expect(await keys('limit=2')).toEqual(['notice.a', 'notice.b'])
    expect(await keys(`after=${cursors[1]}`)).toEqual(['notice.d'])
    expect(await keys(`after=${Number.MAX_SAFE_INTEGER}`)).toEqual([])
    for (const query of ['after=-1', 'after=x', 'limit=0', 'limit=501', 'after=1&after=2']) {
      expect(await here.kiosk.request('GET', `feed/texts?${query}`)).toMatchObject({ status: 400 })
    }
    expect(await here.kiosk.request('GET', 'feed/toString')).toMatchObject({ status: 404 })
  })
})

describe('staff', () => {
  it('are signed, expiring grants that carry hashes only', async () => {
    const here = await scene()
    const entries = await here.kiosk.feed('staff')
    expect(entries.map((entry) => entry.item.role)).toEqual(['officer', 'operator'])
    for (const { item } of entries) {
      const { signature, ...grant } = feedItems.staff.parse(item)
      const [key] = here.province.published.staffKeys
      expect(grant.keyId).toBe(key?.keyId)
      const publicKey = createPublicKey({
        key: { kty: 'OKP', crv: 'Ed25519', x: key?.publicKey ?? '' },
        format: 'jwk',
      })
      const signed = (text: string) =>
        verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'))
      expect(signed(staffGrantText(grant))).toBe(true)
      expect(signed(staffGrantText({ ...grant, role: 'technician' }))).toBe(false)
    }
    expect(entries[0]?.item.badgeHash).toBe(sha256Hex(demoOfficer.badge))
    expect(entries[0]?.item.notAfter).toBe('2026-03-11T03:00:00.000Z')
    expect(JSON.stringify(entries)).not.toContain(demoOfficer.badge)
  })

  it('are added and revoked by managers only', async () => {
    const here = await scene()
    const fields = {
      staffId: 'canbo-09',
      displayName: 'Cán bộ Chín',
      role: 'technician',
      badge: 'BADGE-09',
      pin: '112233',
      validDays: '7',
    }
    const officer = await here.officer()
    expect(await officer.post('/staff', fields)).toMatchObject({ status: 403 })
    const manager = await here.manager()
    expect(await manager.post('/staff', { ...fields, pin: '12' })).toMatchObject({
      outcome: 'invalid',
    })
    expect(await manager.post('/staff', fields)).toMatchObject({ outcome: 'staffAdded' })
    const added = (await here.kiosk.feed('staff')).at(-1)?.item
    expect(added).toMatchObject({ staffId: 'canbo-09', role: 'technician' })
    const revoke = `/staff/${added?.grantId}/revoke`
    expect(await officer.post(revoke)).toMatchObject({ status: 403 })
    expect(await manager.post(revoke)).toMatchObject({ outcome: 'staffRevoked' })
    await manager.post(revoke)
    expect((await here.kiosk.feed('revocations')).map((entry) => entry.item)).toEqual([
      { what: 'staffGrant', id: added?.grantId },
    ])
  })

  it('get one live grant each: a new one revokes the old', async () => {
    const here = await scene()
    const [old] = await here.kiosk.feed('staff')
    const manager = await here.manager()
    await manager.post('/staff', {
      staffId: demoOfficer.staffId,
      displayName: 'Cán bộ mẫu',
      role: 'officer',
      badge: 'BADGE-NEW',
      pin: '112233',
      validDays: '7',
    })
    expect((await here.kiosk.feed('revocations')).map((entry) => entry.item)).toEqual([
      { what: 'staffGrant', id: old?.item.grantId },
    ])
  })
})
