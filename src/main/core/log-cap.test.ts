import pino from 'pino'
import { expect, it } from 'vitest'
import { createLogCap } from './log-cap.ts'

function bench() {
  const lines: { msg: string; [key: string]: unknown }[] = []
  let nowMs = 0
  let timers: { atMs: number; fire: () => void }[] = []
  const cap = createLogCap({
    write: (line) => lines.push(JSON.parse(line)),
    monotonicMs: () => nowMs,
    setTimer: (delayMs, fire) => timers.push({ atMs: nowMs + delayMs, fire }),
    limits: { sameLinePerMinute: 20, linesPerMinute: 100 },
  })
  const log = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, cap)
  const after = (ms: number) => {
    nowMs += ms
    const due = timers.filter(({ atMs }) => atMs <= nowMs)
    timers = timers.filter(({ atMs }) => atMs > nowMs)
    for (const { fire } of due) fire()
  }
  return {
    log,
    lines,
    after,
    times: (msg: string) => lines.filter((one) => one.msg === msg).length,
  }
}

it('counts the same line instead of writing it ten thousand times a minute', () => {
  const { log, lines, after, times } = bench()
  for (let count = 0; count < 10_000; count += 1) log.error({ device: 'locker' }, 'no answer')
  expect(times('no answer')).toBe(20)
  after(60_000)
  expect(lines).toHaveLength(21)
  expect(lines.at(-1)).toMatchObject({ msg: 'line repeated', times: 9_980 })
  expect(lines.at(-1)?.line).toContain('"device":"locker"')
})

it('writes another line meanwhile, and the same one again in the next minute', () => {
  const { log, after, times } = bench()
  for (let count = 0; count < 1_000; count += 1) log.error('no answer')
  log.info('core ready')
  expect(times('core ready')).toBe(1)
  after(60_000)
  log.error('no answer')
  expect(times('no answer')).toBe(21)
})

it('bounds lines that are all different, and leaves room for what went wrong', () => {
  const { log, lines, after, times } = bench()
  for (let count = 0; count < 5_000; count += 1) log.info({ count }, 'device')
  expect(times('device')).toBe(100)
  for (let count = 0; count < 5_000; count += 1) log.warn({ count }, 'frame')
  expect(times('frame')).toBe(100)
  after(60_000)
  expect(lines.at(-1)).toMatchObject({ msg: 'lines left out', lines: 9_800 })
})

it('says nothing of itself while there is no flood', () => {
  const { log, lines, after } = bench()
  for (let count = 0; count < 20; count += 1) log.info('metrics')
  after(60_000)
  after(60_000)
  expect(lines).toHaveLength(20)
})
