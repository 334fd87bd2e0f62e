import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AliveMark, keepAliveMark } from './alive-mark.ts'

let folder: string
let path: string
const marks: AliveMark[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alive-mark-'))
  path = join(folder, 'alive')
})

afterEach(() => {
  for (const mark of marks.splice(0)) mark.stop()
  rmSync(folder, { recursive: true, force: true })
})

const start = (): AliveMark => {
  const mark = keepAliveMark(path)
  marks.push(mark)
  return mark
}

describe('alive mark', () => {
  it('tells how long the last core of this boot has been gone, and nothing on a first start', () => {
    expect(start().goneMs).toBeUndefined()
    const { goneMs } = start()
    expect(goneMs).toBeGreaterThanOrEqual(0)
    expect(goneMs).toBeLessThan(10_000)
  })

  it('tells nothing after a reboot, and nothing from a damaged file', () => {
    writeFileSync(path, 'another-boot 1\n')
    expect(start().goneMs).toBeUndefined()
    writeFileSync(path, '')
    expect(start().goneMs).toBeUndefined()
  })

  it('never empties the mark that is there: a kill in the midst of writing leaves the old one', () => {
    start()
    const before = readFileSync(path, 'utf8')
    const old = openSync(path, 'r')
    start()
    // Written over in place, the file that was opened before would show the new mark, or nothing.
    writeFileSync(`${path}.new`, 'half')
    expect(readFileSync(old, 'utf8')).toBe(before)
    closeSync(old)
    expect(start().goneMs).toBeGreaterThanOrEqual(0)
  })

  it('tells of a sleep, and marks no more: whoever stood there has gone', () => {
    vi.useFakeTimers()
    try {
      const time = { boot: 1_000_000, monotonic: 5_000 }
      const clocks = { bootMs: () => time.boot, monotonicMs: () => time.monotonic }
      const slept: number[] = []
      marks.push(keepAliveMark(path, (sleptMs) => slept.push(sleptMs), clocks))
      // Awake: also a process that was halted for long.
      for (const clock of ['boot', 'monotonic'] as const) time[clock] += 3_600_000
      vi.advanceTimersByTime(1_000)
      expect(slept).toEqual([])
      time.boot += 36_000_000
      vi.advanceTimersByTime(5_000)
      expect(slept).toEqual([36_000_000])
      expect(keepAliveMark(path, () => {}, clocks).goneMs).toBe(36_000_000)
    } finally {
      vi.useRealTimers()
    }
  })
})
