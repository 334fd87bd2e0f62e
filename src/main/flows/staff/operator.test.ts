import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IntentPath } from '../../../contract/intent.ts'
import type { Screen, ScreenName } from '../../../contract/screen.ts'
import type { Store } from '../../store/open-store.ts'
import { depositSample, openSampleStore } from '../../store/testing/sample.ts'
import type { Activity } from '../activity.ts'
import { createOperator } from './operator.ts'
import type { SignIn, StaffMember } from './staff-port.ts'

const pin = '135790'
const people: Record<string, StaffMember> = {
  'MCB1*operator': { staffId: 'vanhanh-01', displayName: 'Vận hành mẫu', role: 'operator' },
  'MCB1*operator-second-badge': {
    ...{ staffId: 'vanhanh-01', displayName: 'Vận hành mẫu', role: 'operator' },
  },
  'MCB1*officer': { staffId: 'canbo-01', displayName: 'Cán bộ mẫu', role: 'officer' },
  'MCB1*technician': { staffId: 'kythuat-01', displayName: 'Kỹ thuật mẫu', role: 'technician' },
}

let folder: string
let store: Store
let operator: Activity
let known: Set<string>
let woken: boolean[]
let ended: number
let exportFails: boolean
/** Answers of the sign-in that have not been given yet. */
let waiting: (() => void)[]
let timers: Set<{ fire(): void }>
let changes: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'operator-'))
  store = openSampleStore(folder)
  known = new Set(Object.keys(people))
  woken = []
  ended = 0
  exportFails = false
  waiting = []
  timers = new Set()
  changes = 0
  operator = begin()
})
afterEach(() => {
  operator.stop()
  store.close()
  rmSync(folder, { recursive: true })
})

function begin(): Activity {
  return createOperator(
    {
      clock: {
        now: () => new Date(0),
        monotonicMs: () => 0,
        setTimer(_, callback) {
          const timer = { fire: callback }
          timers.add(timer)
          return () => timers.delete(timer)
        },
      },
      access: {
        knowsBadge: (payload) => known.has(payload),
        signIn: (payload, typed) =>
          new Promise<SignIn>((resolve) => {
            const staff = people[payload]
            waiting.push(() =>
              resolve(
                staff && typed === pin ? { ok: true, staff } : { ok: false, code: 'pinWrong' },
              ),
            )
          }),
        mayOpen: () => false,
      },
      queue: {
        store: store.queue,
        status: () => ({
          province: { state: 'offline', lastContactAt: null, reason: 'NETWORK' },
          worker: { state: 'paused', stopCode: null },
        }),
        wake: (resume) => woken.push(resume),
        exportCsv: async () => {
          if (exportFails) throw new Error('the disk is full')
          return { file: '/exports/outbox.csv', rows: 3 }
        },
      },
    },
    {
      language: () => 'vi',
      changed: () => {
        changes += 1
      },
      end: () => {
        ended += 1
      },
    },
    { badge: 'MCB1*operator', staff: people['MCB1*operator'] as StaffMember },
  )
}

function intend(path: IntentPath, input: object = {}): boolean {
  return operator.intend({ path, input } as never)
}

function on<N extends ScreenName>(name: N): Extract<Screen, { name: N }> {
  const screen = operator.screen()
  expect(screen.name).toBe(name)
  return screen as Extract<Screen, { name: N }>
}

const hold = (payload: string) => operator.read({ kind: 'badge', payload })
const type = (value: string) => intend('input.set', { value }) && intend('input.submit')
async function answered(): Promise<void> {
  for (const answer of waiting.splice(0)) answer()
  await new Promise((resolve) => setImmediate(resolve))
}

/** The key of the only message of a dossier. */
function deposited(number = 1, compartment = 1): string {
  const intakeId = depositSample(store, number, compartment)
  const row = store.queue.rows('open', 0, 100).find(({ lane }) => lane === intakeId)
  return row?.key ?? ''
}

function look(key: string): void {
  expect(intend('operator.inspect', { key })).toBe(true)
  on('queueMessage')
}

const audited = (event: string) =>
  store
    .auditRows()
    .filter((row) => row.event === event)
    .map(({ details }) => details)

/** Thirty messages, each of a lane of its own. */
function manyMessages(): void {
  for (let number = 1; number <= 30; number += 1) {
    store.enqueue({ kind: 'rating', lane: `lane-${number}`, body: { score: 5 } })
  }
}

describe('the list', () => {
  it('shows twelve messages a page, and turns no further than there are pages', () => {
    manyMessages()
    expect(on('queue')).toMatchObject({ page: 1, pages: 3, counts: { pending: 30 } })
    expect(on('queue').rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    )
    expect(intend('operator.turnPage', { to: 'earlier' })).toBe(false)
    expect(intend('operator.turnPage', { to: 'later' })).toBe(true)
    expect(intend('operator.turnPage', { to: 'later' })).toBe(true)
    expect(on('queue').rows).toHaveLength(6)
    expect(intend('operator.turnPage', { to: 'later' })).toBe(false)
    expect(intend('operator.filter', { filter: 'parked' })).toBe(true)
    expect(on('queue')).toMatchObject({ filter: 'parked', page: 1, pages: 1, rows: [] })
  })

  it('falls back to the last page when its own has been emptied meanwhile', () => {
    manyMessages()
    intend('operator.turnPage', { to: 'later' })
    intend('operator.turnPage', { to: 'later' })
    for (const { key } of store.queue.rows('open', 0, 20)) {
      store.outbox.markSending(key)
      store.outbox.acknowledge(key, '{}', '2026-03-02T08:00:00.000Z')
    }
    expect(on('queue')).toMatchObject({ page: 1, pages: 1 })
    expect(on('queue').rows).toHaveLength(10)
  })

  it('looks again by itself, and no more once it is over', () => {
    const [timer] = timers
    timers.clear()
    timer?.fire()
    expect([changes, timers.size]).toEqual([1, 1])
    operator.stop()
    expect(timers.size).toBe(0)
  })

  it('lets all go at once, on record, and starts a worker that has stopped', () => {
    const key = deposited()
    store.outbox.markSending(key)
    store.outbox.postpone(key, 900_000, 'BUSY')
    expect(store.outbox.due(0, 9)).toEqual([])
    expect(intend('operator.retryAll')).toBe(true)
    expect(store.outbox.due(0, 9)).toHaveLength(1)
    expect(woken).toEqual([true])
    expect(audited('message.retried')).toEqual([
      { staffId: 'vanhanh-01', sequence: null, messages: 1 },
    ])
  })

  it('says where the export lies, or that it could not be written', async () => {
    intend('operator.exportCsv')
    await answered()
    expect(on('queue').exported).toEqual({ file: '/exports/outbox.csv', rows: 3 })
    exportFails = true
    intend('operator.exportCsv')
    await answered()
    expect(on('queue')).toMatchObject({ problem: 'exportFailed', exported: null })
  })

  it('knows no message that is not in the outbox', () => {
    expect(intend('operator.inspect', { key: '0198c1f2-0000-7000-8000-00000000ffff' })).toBe(false)
  })
})

describe('one message', () => {
  it('shows of what is sealed no more than its length', () => {
    look(deposited())
    const shown = JSON.stringify(operator.screen())
    expect(shown).not.toContain('c2VhbGVk')
    expect(on('queueMessage').facts).toContainEqual({ name: 'sealed', value: '(8)' })
  })

  it('goes now, whatever pause or stop there was', () => {
    const key = deposited()
    store.outbox.markSending(key)
    store.outbox.postpone(key, 900_000, 'NETWORK')
    look(key)
    expect(intend('operator.retry')).toBe(true)
    expect(store.outbox.due(0, 9)).toHaveLength(1)
    expect(woken).toEqual([true])
  })

  it('is set aside and let go again, each with a reason of its own kind', () => {
    const key = deposited()
    look(key)
    expect(intend('operator.release')).toBe(false)
    expect(intend('operator.park')).toBe(true)
    expect(intend('operator.giveReason', { reason: 'mended' })).toBe(false)
    expect(intend('operator.giveReason', { reason: 'maybeTwice' })).toBe(true)
    expect(on('queueMessage').row).toMatchObject({ state: 'parked', answer: 'BY_HAND:maybeTwice' })
    expect(on('queueMessage').actions).toEqual(['release', 'handOver'])
    expect(intend('operator.retry')).toBe(false)
    intend('operator.release')
    expect(intend('operator.giveReason', { reason: 'mended' })).toBe(true)
    expect(on('queueMessage').row.state).toBe('pending')
    expect(audited('message.parkedByHand')).toMatchObject([{ reason: 'maybeTwice' }])
    expect(audited('message.released')).toMatchObject([{ reason: 'mended', staffId: 'vanhanh-01' }])
    expect(woken).toEqual([false, false])
  })

  it('can only be handed over when the province has lost it and nothing is left to send', () => {
    const key = deposited()
    store.outbox.markSending(key)
    store.outbox.acknowledge(key, '{"receipt":1}', '2026-03-02T08:00:00.000Z')
    const late = '9999-01-01T00:00:00.000Z'
    store.forget.forgetOld({ over: late, withoutResult: late, abandoned: late, sent: late }, 9)
    expect(store.sent.sendAgain([key])).toEqual({ again: 0, notKept: 1 })
    look(key)
    expect(on('queueMessage').row).toMatchObject({ state: 'parked', answer: 'NOT_KEPT' })
    expect(on('queueMessage').actions).toEqual(['handOver'])
    expect(intend('operator.release')).toBe(false)
  })

  it('is the worker’s while it is on its way', () => {
    const key = deposited()
    look(key)
    intend('operator.park')
    store.outbox.markSending(key)
    expect(intend('operator.giveReason', { reason: 'holdBack' })).toBe(true)
    expect(on('queueMessage')).toMatchObject({ problem: 'queueMoved', actions: [] })
    expect(on('queueMessage').row.state).toBe('sending')
    for (const path of ['retry', 'park', 'release', 'handOver'] as const) {
      expect(intend(`operator.${path}`), path).toBe(false)
    }
    expect(audited('message.parkedByHand')).toEqual([])
    expect(woken).toEqual([])
  })
})

describe('handing over by hand', () => {
  let key: string
  beforeEach(() => {
    key = deposited()
    look(key)
    intend('operator.handOver')
    on('queueHandOver')
  })
  const state = () => store.queue.message(key)?.row.state

  it('asks for the official code before it asks for a second person', () => {
    expect(intend('input.submit')).toBe(false)
    expect(type('H9')).toBe(false)
    hold('MCB1*officer')
    expect(on('queueHandOver').problem).toBe('readNotWanted')
    expect(type('H99.01-260302-0001')).toBe(true)
    expect(on('queueSecond').officialCode).toBe('H99.01-260302-0001')
    expect(intend('input.submit')).toBe(false)
    expect(state()).toBe('pending')
  })

  it('takes two: who typed, and another one’s badge and PIN', async () => {
    type('H99.01-260302-0001')
    hold('MCB1*officer')
    on('queueSecondPin')
    expect(type(pin)).toBe(true)
    expect(state()).toBe('pending')
    expect(intend('input.submit')).toBe(false)
    await answered()
    expect(on('queueMessage').row.state).toBe('deliveredByHand')
    expect(on('queueMessage').actions).toEqual([])
    expect(store.outbox.due(Number.MAX_SAFE_INTEGER, 9)).toEqual([])
    expect(audited('message.deliveredByHand')).toEqual([
      {
        ...{ staffId: 'vanhanh-01', secondStaffId: 'canbo-01', sequence: 1 },
        officialCode: 'H99.01-260302-0001',
      },
    ])
    expect(woken).toEqual([false])
  })

  it.each([
    ['the same badge', 'MCB1*operator', 'queueSecond', 'secondIsFirst'],
    ['a badge that nobody knows', 'MCB1*nobody', 'queueSecond', 'badgeUnknown'],
  ] as const)('does not take %s', (_, badge, screen, problem) => {
    type('H99.01-260302-0001')
    hold(badge)
    expect(on(screen).problem).toBe(problem)
    expect(state()).toBe('pending')
  })

  it.each([
    ['the same person with another badge', 'MCB1*operator-second-badge'],
    ['a technician', 'MCB1*technician'],
  ])('does not take %s, though the PIN is right', async (_, badge) => {
    type('H99.01-260302-0001')
    hold(badge)
    type(pin)
    await answered()
    expect(on('queueSecond').problem).toBe('secondIsFirst')
    expect(state()).toBe('pending')
    expect(audited('message.deliveredByHand')).toEqual([])
  })

  it('does not take a wrong PIN, and lets it be typed again', async () => {
    type('H99.01-260302-0001')
    hold('MCB1*officer')
    type('000000')
    await answered()
    expect(on('queueSecondPin')).toMatchObject({ problem: 'pinWrong', input: { length: 0 } })
    expect(state()).toBe('pending')
    type(pin)
    await answered()
    expect(state()).toBe('deliveredByHand')
  })

  it('does nothing when the operator has gone before the PIN was checked', async () => {
    type('H99.01-260302-0001')
    hold('MCB1*officer')
    type(pin)
    operator.stop()
    await answered()
    expect(state()).toBe('pending')
  })

  it('says so when the message went by itself meanwhile', async () => {
    type('H99.01-260302-0001')
    hold('MCB1*officer')
    type(pin)
    store.outbox.markSending(key)
    await answered()
    expect(on('queueMessage')).toMatchObject({ problem: 'queueMoved' })
    expect(state()).toBe('sending')
  })

  it('goes back to the message, and nothing is remembered of the code', () => {
    type('H99.01-260302-0001')
    expect(intend('session.back')).toBe(true)
    on('queueMessage')
    intend('operator.handOver')
    expect(on('queueHandOver').input.length).toBe(0)
  })
})

it('ends when the badge has been taken back', () => {
  const key = deposited()
  known.delete('MCB1*operator')
  expect(intend('operator.inspect', { key })).toBe(true)
  expect(ended).toBe(1)
  on('queue')
})
