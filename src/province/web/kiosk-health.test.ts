import { describe, expect, it } from 'vitest'
import type { Heartbeat } from '../../contract/province/heartbeat.ts'
import { duration, kioskHealth } from './kiosk-health.ts'

const now = new Date('2026-02-09T03:00:00.000Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString()
const kiosk = { kioskId: 'K07', unitCode: 'U', place: 'P', tokenHash: 'h' }

const good: Heartbeat = {
  epoch: 1,
  instance: '0b6a2f0e-8d53-4a56-9d0e-6a3f5a1c7e11',
  at: ago(10),
  clockSynchronised: true,
  outbox: { pending: 0, parked: 0, oldestAt: null },
  services: [{ service: 'intake', available: true, reasons: [] }],
  supplies: [
    { supply: 'bags', left: 100, capacity: 200, lowAt: 20 },
    { supply: 'paper', left: 41_500, capacity: 80_000, lowAt: 8_000 },
  ],
  compartments: { free: 9, blocked: 0 },
  audit: { sequence: 1, hash: '0'.repeat(64), keyId: 's-1', signature: 'x' },
}
const told = (changes: Partial<Heartbeat>) => {
  const heartbeat = { ...good, ...changes }
  const stored = { kioskId: 'K07', receivedAt: ago(10), heartbeat }
  const health = kioskHealth({ ...kiosk, lastContactAt: ago(10) }, stored, now).told
  if (!health) throw new Error('nothing was told')
  return health
}

describe('the health of a kiosk', () => {
  it.each([
    [ago(299), 'good'],
    [ago(300), 'good'],
    [ago(301), 'bad'],
    [null, 'bad'],
  ])('is red after five minutes of silence: last contact %s is %s', (lastContactAt, level) => {
    const health = kioskHealth({ ...kiosk, lastContactAt }, undefined, now)
    expect(health.contact.level).toBe(level)
    expect(health.told).toBeUndefined()
  })

  it('is not red in anything when all is well', () => {
    const { services, ...facts } = told({})
    expect(services).toEqual([])
    expect(Object.values(facts).map(({ level }) => level)).toEqual(Array(7).fill('good'))
    expect(facts.paper.text).toBe('41,5 / 80,0 m')
  })

  it.each<[string, Partial<Heartbeat>, string, string]>([
    ['oldest', { outbox: { pending: 3, parked: 0, oldestAt: ago(7200) } }, 'bad', '2 giờ'],
    ['parked', { outbox: { pending: 0, parked: 2, oldestAt: null } }, 'bad', '2'],
    ['bags', { supplies: [] }, 'warn', 'chưa đếm'],
    ['certificate', { certificateNotAfter: ago(-29 * 86_400) }, 'warn', 'còn 29 ngày'],
    ['certificate', { certificateNotAfter: ago(1) }, 'bad', 'hết hạn'],
    [
      'bags',
      { supplies: [{ supply: 'bags', left: 20, capacity: 200, lowAt: 20 }] },
      'warn',
      'Sắp hết: 20 / 200 túi',
    ],
    ['paper', { supplies: [{ supply: 'paper', left: 0, capacity: 9, lowAt: 1 }] }, 'bad', 'Hết'],
    ['compartments', { compartments: { free: 0, blocked: 0 } }, 'bad', '0 ngăn'],
    ['compartments', { compartments: { free: 3, blocked: 1 } }, 'warn', '1 ngăn bị khóa'],
    ['clock', { clockSynchronised: false }, 'warn', 'chưa đối chiếu'],
    ['clock', { at: ago(10 + 600) }, 'bad', 'chậm 10 phút'],
    ['clock', { at: ago(10 - 600) }, 'bad', 'nhanh 10 phút'],
  ])('says of %s: %j', (name, changes, level, text) => {
    const fact = told(changes)[name as 'paper']
    expect(fact.level).toBe(level)
    expect(fact.text).toContain(text)
  })

  it('names the services that are away, and why', () => {
    const services = [
      { service: 'intake', available: false, reasons: ['PAPER_OUT', 'NEW_CODE'] },
      { service: 'collection', available: true, reasons: [] },
    ]
    expect(told({ services }).services).toEqual([
      { text: 'Nộp hồ sơ: hết giấy in (PAPER_OUT), NEW_CODE', level: 'bad' },
    ])
  })

  it('tells durations in whole units', () => {
    expect([0, 59, 60, 2879, 2880].map((minutes) => duration(minutes * 60_000))).toEqual([
      '0 phút',
      '59 phút',
      '1 giờ',
      '47 giờ',
      '2 ngày',
    ])
  })
})
