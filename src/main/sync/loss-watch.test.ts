import { expect, it } from 'vitest'
import type { SyncIncident } from './answer.ts'
import { createLossWatch } from './loss-watch.ts'

/** So many messages with receipts, of which the province has lost some. */
function bench(
  count: number,
  lost: readonly number[],
  comes: () => boolean = () => true,
  hasRoom: () => boolean = () => true,
) {
  const keyOf = (sequence: number) => `key-${sequence}`
  const rows = Array.from({ length: count }, (_, index) => ({
    key: keyOf(index + 1),
    sequence: index + 1,
  }))
  const acknowledged = new Set(rows.map(({ key }) => key))
  const asked: number[] = []
  const steps: string[] = []
  const incidents: SyncIncident[] = []
  let runningMs = 0
  const watch = createLossWatch({
    sent: {
      acknowledgedByEpoch: () => [{ epoch: 2, messages: acknowledged.size }],
      acknowledgedAfter: (_, after, limit) =>
        rows
          .filter(({ key, sequence }) => acknowledged.has(key) && sequence > after)
          .slice(0, limit),
      lanesOf: (keys) => keys.map((key) => `lane of ${key}`),
      sendAgain(keys) {
        if (!hasRoom()) return undefined
        steps.push(`again: ${keys.length}`)
        for (const key of keys) acknowledged.delete(key)
        return { again: keys.length, notKept: 0 }
      },
    },
    client: {
      async missingKeys(keys) {
        asked.push(keys.length)
        const gone = new Set(lost.map(keyOf))
        if (!comes()) return { outcome: 'later', code: 'DEADLINE', concerns: 'everyone' }
        return { outcome: 'missing', keys: keys.filter((key) => gone.has(key)) }
      },
    },
    async forgetPageReceipts(lanes) {
      steps.push(`pages of: ${lanes.length}`)
    },
    clock: { runningMs: () => runningMs },
    report: (incident) => incidents.push(incident),
    onFound: ({ again }) => steps.push(`found: ${again}`),
    onWhole: () => steps.push('whole'),
  })
  const beat = (held: number | undefined) =>
    watch.compare(
      watch.acknowledged(),
      held === undefined ? undefined : [{ epoch: 2, messages: held }],
    )
  const after = (ms: number) => {
    runningMs += ms
  }
  return { asked, steps, incidents, beat, after }
}

it('asks nothing while the province holds what it has signed for, or more, or does not tell', async () => {
  const { asked, beat } = bench(3, [])
  await beat(3)
  await beat(4)
  await beat(undefined)
  expect(asked).toEqual([])
})

it('asks for all keys, some at a time, and sends again what is missing, pages first', async () => {
  const lost = Array.from({ length: 150 }, (_, index) => index + 1_001)
  const { asked, steps, incidents, beat } = bench(1_200, lost)
  await beat(1_050)
  expect(asked).toEqual([500, 500, 200])
  expect(steps).toEqual(['pages of: 100', 'again: 100', 'pages of: 50', 'again: 50', 'found: 150'])
  expect(incidents).toMatchObject([{ severity: 'alarm', event: 'PROVINCE_WENT_BACK' }])
})

it('waits for the next heartbeat while the disk is full, and keeps asking for the same', async () => {
  const room = [true, false, true]
  const lost = Array.from({ length: 150 }, (_, index) => index + 1)
  const { steps, incidents, beat } = bench(200, lost, undefined, () => room.shift() ?? true)
  await beat(50)
  expect(steps).toEqual(['pages of: 100', 'again: 100', 'pages of: 50', 'found: 100'])
  await beat(50)
  expect(steps.slice(4)).toEqual(['pages of: 50', 'again: 50', 'found: 50'])
  expect(incidents).toHaveLength(2)
})

it('says that all is there again once it is', async () => {
  const { steps, beat } = bench(2, [2])
  await beat(1)
  expect(steps.at(-1)).toBe('found: 1')
  await beat(1)
  expect(steps.at(-1)).toBe('whole')
})

it('takes an epoch that the province does not tell of for one that it has lost', async () => {
  const { steps, beat } = bench(1, [1])
  await beat(0)
  expect(steps.at(-1)).toBe('found: 1')
})

it('changes nothing when the answer does not come, and asks at the next heartbeat', async () => {
  const { asked, steps, beat } = bench(2, [2], () => false)
  await beat(1)
  await beat(1)
  expect([asked.length, steps]).toEqual([2, []])
})

it('does not send everything again each minute to a province that goes on saying so', async () => {
  const { asked, beat, after } = bench(3, [])
  await beat(0)
  after(60_000)
  await beat(0)
  expect(asked).toEqual([3])
  after(600_000)
  await beat(0)
  expect(asked).toEqual([3, 3])
})

it('goes on where an answer did not come: a bad line keeps it from no message, however many there are', async () => {
  const lost = [1, ...Array.from({ length: 10 }, (_, index) => index + 1_191)]
  const answers = [true, false, true, false, true]
  const { asked, steps, incidents, beat } = bench(1_200, lost, () => answers.shift() ?? true)
  await beat(1_189)
  expect(steps).toEqual(['pages of: 1', 'again: 1', 'found: 1'])
  await beat(1_189)
  await beat(1_189)
  expect(asked).toEqual([500, 500, 500, 200, 200])
  expect(steps.slice(3)).toEqual(['pages of: 10', 'again: 10', 'found: 10'])
  expect(incidents).toHaveLength(2)
})
