import { expect, it } from 'vitest'
import { type ClockReading, type ClockState, clockReason, clockState } from './clock-state.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const yearMs = 365 * dayMs
const wallMs = Date.parse('2026-05-02T08:00:00Z')
const good = { wallMs, runningMs: 1_000, sameBoot: true }
const off = { ...good, sameBoot: false }

it.each<[string, Partial<ClockReading>, ClockState]>([
  ['vouched for', { synchronised: true }, 'good'],
  ['vouched for, whatever was before', { synchronised: true, wallMs: wallMs - yearMs }, 'good'],
  ['running on', { runningMs: 1_000 + dayMs, wallMs: wallMs + dayMs }, 'unsynchronised'],
  ['drifting', { runningMs: 1_000 + dayMs, wallMs: wallMs + dayMs + minuteMs }, 'unsynchronised'],
  ['back by years in one boot', { wallMs: wallMs - 10 * yearMs }, 'wrong'],
  ['ahead by years in one boot', { wallMs: wallMs + 10 * yearMs }, 'wrong'],
  ['ahead by ten minutes in one boot', { wallMs: wallMs + 10 * minuteMs }, 'wrong'],
  ['standing still', { runningMs: 1_000 + dayMs, wallMs }, 'wrong'],
  ['later after having been off', { lastGood: off, wallMs: wallMs + 30 * dayMs }, 'unsynchronised'],
  ['earlier after having been off', { lastGood: off, wallMs: wallMs - dayMs }, 'wrong'],
  [
    'ten years later after having been off',
    { lastGood: off, wallMs: wallMs + 10 * yearMs },
    'wrong',
  ],
  ['without anything to hold it against', { lastGood: undefined, wallMs: 0 }, 'unsynchronised'],
  ['without the network for a week', { unsynchronisedMs: 7 * dayMs }, 'longUnsynchronised'],
])('a clock %s', (_, more, expected) => {
  const reading = {
    wallMs,
    runningMs: 1_000,
    synchronised: false,
    unsynchronisedMs: 0,
    lastGood: good,
  }
  expect(clockState({ ...reading, ...more })).toBe(expected)
})

it('has a reason when it is not good', () => {
  const states = ['good', 'unsynchronised', 'longUnsynchronised', 'wrong'] as const
  expect(states.map(clockReason)).toEqual([
    undefined,
    'CLOCK_UNSYNCHRONISED',
    'CLOCK_UNSYNCHRONISED',
    'CLOCK_WRONG',
  ])
})
