import { expect, it } from 'vitest'
import { createClockWatch } from './clock-watch.ts'

const dayMs = 86_400_000

it('that nobody has set for long wants a person, until it is set: the remedy of CLOCK_UNSYNCHRONISED', () => {
  const startMs = Date.parse('2026-05-02T13:00:00Z')
  let runningMs = 0
  let isSynchronised = false
  const told: unknown[] = []
  const watch = createClockWatch({
    runningClock: {
      runningMs: () => runningMs,
      lastGood: () => undefined,
      lastKnownMs: () => undefined,
    },
    wallMs: () => startMs + runningMs,
    synchronised: () => isSynchronised,
    onChange: (reason, before) => told.push([reason, before]),
  })
  watch.look()
  expect(told).toEqual([])
  expect(watch.report()).toMatchObject({ state: 'online', reasons: [] })

  runningMs = 30 * dayMs
  watch.look()
  expect(watch.report()).toMatchObject({
    state: 'needsAttendant',
    reasons: ['CLOCK_UNSYNCHRONISED'],
  })

  isSynchronised = true
  watch.look()
  expect(watch.report()).toMatchObject({ state: 'online', reasons: [] })
  expect(told).toEqual([
    ['CLOCK_UNSYNCHRONISED', null],
    [null, 'CLOCK_UNSYNCHRONISED'],
  ])
})

it('that was set right while core was down is told as mended, and what goes on is not told again', () => {
  const told: unknown[] = []
  const started = (wallMs: number) =>
    createClockWatch({
      runningClock: {
        runningMs: () => 1_000,
        lastGood: () => ({ wallMs: dayMs * 20_000, runningMs: 900, sameBoot: true }),
        lastKnownMs: () => undefined,
      },
      wallMs: () => wallMs,
      synchronised: () => false,
      told: 'CLOCK_WRONG',
      onChange: (reason, before) => told.push([reason, before]),
    })
  started(dayMs * 19_000).look()
  expect(told).toEqual([])
  started(dayMs * 20_000 + 100).look()
  expect(told).toEqual([[null, 'CLOCK_WRONG']])
})
