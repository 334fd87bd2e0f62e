import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { smsGatewaySchema } from '../../../src/province/sms/gateway-config.ts'
import { seal, wireMessage } from '../../support/kiosk-client.ts'
import { type SmsFault, smsServer } from '../../support/official/sms-server.ts'
import { type Scene, scene } from '../in-process.ts'

async function withCarrier(
  changes: Partial<z.input<typeof smsGatewaySchema>> = {},
  config: object = {},
) {
  const server = await smsServer()
  const smsGateway = {
    kind: 'vnptBrandname' as const,
    url: `${server.url}/api`,
    deadlineSeconds: 1,
    labelId: 'L1',
    contractTypeId: '1',
    contractId: 'C1',
    agentId: 'A1',
    apiUser: 'tester',
    username: 'tester',
    password: 'synthetic-secret',
    templates: { phoneCode: 'T-CODE' },
    wholeTextTemplate: 'T-WHOLE',
    unicode: true,
    ...changes,
  }
  return { server, here: await scene({ smsGateway, ...config }) }
}

async function notify(here: Scene, text = 'Hồ sơ của ông/bà đã được gửi.') {
  const sealed = await seal(here.recipient, { version: 1, phone: '0900000001', text })
  const answer = await here.kiosk.send(
    wireMessage('notification', { template: 'slipNotPrinted', sealed }),
  )
  if (answer.status !== 200) throw new Error(answer.text)
}

async function askForCode(here: Scene, language: 'vi' | 'km' = 'vi') {
  const request = { version: 1, phone: '0900000001', code: '135791', language }
  const answer = await here.kiosk.request('POST', 'phone-codes', {
    body: JSON.stringify({ sealed: await seal(here.recipient, request) }),
    headers: { 'idempotency-key': randomUUID() },
  })
  if (answer.status >= 300) throw new Error(answer.text)
}

async function states(here: Scene) {
  const ids = (await here.province.store.sms.newest(50)).map(({ id }) => id)
  return (await here.province.store.sms.sendings(ids)).map(({ state }) => state)
}

const minuteMs = 60_000

describe('messages to phones', () => {
  it('go out folded, as one text or as the values of a registered one', async () => {
    const { server, here } = await withCarrier()
    await notify(here)
    await here.province.smsSettled()
    await askForCode(here)
    await here.province.smsSettled()
    expect(server.sent).toMatchObject([
      {
        name: 'send_sms_list',
        TEMPLATEID: 'T-WHOLE',
        PARAMS: [{ NUM: '1', CONTENT: 'Ho so cua ong/ba da duoc gui.' }],
        MOBILELIST: '84900000001',
        DATACODING: '0',
      },
      { TEMPLATEID: 'T-CODE', PARAMS: [{ NUM: '1', CONTENT: '135791' }], DATACODING: '0' },
    ])
    expect(await states(here)).toEqual(['sent', 'sent'])
  })

  it('keep their marks where the province and its contract allow that', async () => {
    const { server, here } = await withCarrier({}, { smsDiacritics: true })
    await notify(here)
    await here.province.smsSettled()
    expect(server.sent).toMatchObject([
      { PARAMS: [{ CONTENT: 'Hồ sơ của ông/bà đã được gửi.' }], DATACODING: '8' },
    ])
  })

  it('lose them where the contract has seven bits only, and Khmer is told to a person', async () => {
    const { server, here } = await withCarrier({ unicode: false }, { smsDiacritics: true })
    await notify(here)
    await askForCode(here, 'km')
    await here.province.smsSettled()
    expect(server.sent).toMatchObject([{ DATACODING: '0' }])
    expect((await states(here)).toSorted()).toEqual(['failed', 'sent'])
    expect(await (await here.officer()).page('/sms')).toContain('Hợp đồng không gửi được chữ này')
  })

  it.each<SmsFault>(['cutAfter', 'hangAfter', 'pageAfter', 'gatewayAfter', 'cutBefore'])(
    'are sent once more, with the same id, after %s',
    async (fault) => {
      const { server, here } = await withCarrier()
      server.fail(fault)
      await notify(here)
      await here.province.smsSettled()
      await here.province.smsSettled()
      expect(server.requests).toHaveLength(1)
      here.waitMs(minuteMs)
      await here.province.smsSettled()
      expect(server.requests).toHaveLength(2)
      expect(new Set(server.requests.map(({ REQID }) => REQID)).size).toBe(1)
      expect(await states(here)).toEqual(['sent'])
    },
  )

  it('are never sent a third time, and a person is told', async () => {
    const { server, here } = await withCarrier()
    server.fail('cutAfter', 'gatewayAfter', 'gatewayAfter', 'gatewayAfter')
    await notify(here)
    await here.province.smsSettled()
    for (let hour = 0; hour < 5; hour += 1) {
      here.waitMs(60 * minuteMs)
      await here.province.smsSettled()
    }
    expect(server.sent).toHaveLength(2)
    expect(await states(here)).toEqual(['uncertain'])
    expect(await (await here.officer()).page('/sms')).toContain('Không rõ đã gửi hay chưa')
  })

  it('wait for a carrier that is away as long as they are worth it', async () => {
    const { server, here } = await withCarrier()
    server.fail(...Array.from({ length: 20 }, () => 'busy' as const))
    await notify(here)
    await askForCode(here)
    for (let hour = 0; hour < 6; hour += 1) {
      await here.province.smsSettled()
      here.waitMs(60 * minuteMs)
    }
    // Nobody waits at the machine for this code any more.
    expect((await states(here)).toSorted()).toEqual(['failed', 'pending'])
    here.waitMs(60 * minuteMs)
    for (let tries = 0; tries < 20 && server.sent.length === 0; tries += 1) {
      here.waitMs(60 * minuteMs)
      await here.province.smsSettled()
    }
    expect(server.sent).toMatchObject([{ TEMPLATEID: 'T-WHOLE' }])
  })

  it('count a try that a crash cut off as one of the two', async () => {
    const { server, here } = await withCarrier()
    server.fail('cutAfter')
    await notify(here)
    await here.province.smsSettled()
    here.waitMs(minuteMs)
    // The second try: begun by a process that was killed.
    const at = here.now().toISOString()
    const claimed = await here.province.store.sms.claim(at, {
      id: 'of the killed process',
      requestId: 'never used',
      until: at,
    })
    expect(claimed).toMatchObject({ unanswered: 1, requestId: server.requests[0]?.REQID })
    here.waitMs(60 * minuteMs)
    await here.province.smsSettled()
    expect(server.requests).toHaveLength(1)
    expect(await states(here)).toEqual(['uncertain'])
  })

  it('that the carrier refuses are told to a person, and nothing of them is logged', async () => {
    const { server, here } = await withCarrier()
    server.fail('refused')
    await notify(here)
    await here.province.smsSettled()
    expect(await states(here)).toEqual(['failed'])
    expect(await (await here.officer()).page('/sms')).toContain('Nhà mạng từ chối (4)')
    const logged = here.logged.join('\n')
    expect(logged).toContain('failed: REFUSED:4')
    expect(logged).not.toMatch(/0900000001|84900000001|Hồ sơ|Ho so/)
  })

  it('keep a number secret that the carrier puts where its code belongs', async () => {
    const { server, here } = await withCarrier()
    server.fail('refusedByNumber')
    await notify(here)
    await here.province.smsSettled()
    expect(await states(here)).toEqual(['failed'])
    const ids = (await here.province.store.sms.newest(9)).map(({ id }) => id)
    const kept = JSON.stringify(await here.province.store.sms.sendings(ids))
    const logged = here.logged.join('\n')
    expect(logged).toContain('failed: REFUSED:?')
    expect(kept + logged).not.toMatch(/900000001|Nguy/)
  })

  it('stay in the outbox where there is no carrier', async () => {
    const here = await scene()
    await notify(here)
    await here.province.smsSettled()
    expect(await states(here)).toEqual(['pending'])
    expect(await (await here.officer()).page('/sms')).not.toContain('<th>Gửi</th>')
  })
})
