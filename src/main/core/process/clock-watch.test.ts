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
