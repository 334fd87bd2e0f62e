import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bootId } from './boot-id.ts'
import { openRunningClock } from './running-clock.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'running-clock-'))
  path = join(folder, 'running.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function machine(boot: string, bootMs: number) {
  return { boot, now: bootMs, bootId: () => boot, bootMs: bootMsOf }
  function bootMsOf(this: { now: number }): number {
    return this.now
  }
}

describe('running clock', () => {
  it('counts on within one boot, also while core was not running', async () => {
    const source = machine('a', 5_000)
    const first = await openRunningClock(path, source)
    expect(first.runningMs()).toBe(0)
    source.now = 6_000
    expect(first.runningMs()).toBe(1_000)
    await first.save()
    source.now = 9_000
    const second = await openRunningClock(path, source)
    expect(second.runningMs()).toBe(4_000)
  })

  it('is saved by several at once, one after another, and the last stays', async () => {
    const source = machine('a', 0)
    const clock = await openRunningClock(path, source)
    const saves = [1_000, 2_000, 3_000].map((now) => {
      source.now = now
      return clock.save()
    })
    await Promise.all(saves)
    expect((await openRunningClock(path, source)).runningMs()).toBe(3_000)
  })

  it('does not count the time for which the machine was off', async () => {
    const before = machine('a', 0)
    const first = await openRunningClock(path, before)
    before.now = 7_000
    await first.save()
    before.now = 8_000 // lost with the power
    const after = machine('b', 100)
    const second = await openRunningClock(path, after)
    expect(second.runningMs()).toBe(7_000)
    after.now = 600
    expect(second.runningMs()).toBe(7_500)
  })

  it('is raised to what the store has on record when its file is lost, damaged or older', async () => {
    const source = machine('a', 0)
    const raised = async (leastMs: number) => {
      const clock = await openRunningClock(path, source)
      clock.raiseTo(leastMs)
      return clock.runningMs()
    }
    expect(await raised(4_000)).toBe(4_000)
    await writeFile(path, '{"bootId":"a","bootMs":-1')
    expect(await raised(4_000)).toBe(4_000)
    await writeFile(path, '{"bootId":"z","bootMs":1,"totalMs":3000}')
    expect(await raised(4_000)).toBe(4_000)
    expect(await raised(2_000)).toBe(3_000)
  })

  it('runs on the machine’s own clocks', async () => {
    const clock = await openRunningClock(path)
    await clock.save()
    const again = await openRunningClock(path)
    expect(again.runningMs()).toBeGreaterThanOrEqual(clock.runningMs() - 1_000)
  })
})

describe('bootId', () => {
  it('is the same at each call, with and without the kernel’s word for it', () => {
    expect(bootId()).toBe(bootId())
    const other = bootId(join(folder, 'missing'))
    expect(other).toMatch(/^booted-\d+$/)
  })

  describe('gaps between two boots', () => {
    const dayMs = 86_400_000
    /** A machine whose wall clock is vouched for, or not. */
    function known(boot: string, bootMs: number, wallMs: number | undefined) {
      const state = { bootMs, wallMs }
      return {
        state,
        bootId: () => boot,
        bootMs: () => state.bootMs,
        knownWallMs: () => state.wallMs,
      }
    }
    async function runOneDay(wallMs: number | undefined) {
      const source = known('a', 0, wallMs)
      const clock = await openRunningClock(path, source)
      source.state.bootMs += dayMs
      if (wallMs !== undefined) source.state.wallMs = wallMs + dayMs
      await clock.save()
    }

    it('count when the time was known before and is known again', async () => {
      await runOneDay(1_000_000)
      const after = known('b', 50, undefined)
      const clock = await openRunningClock(path, after)
      expect(clock.runningMs()).toBe(dayMs)
      after.state.bootMs += 5_000
      // The network is back after five seconds: the machine was off for three days.
      after.state.wallMs = 1_000_000 + 4 * dayMs + 5_000
      await clock.save()
      expect(clock.runningMs()).toBe(4 * dayMs + 5_000)
      await clock.save()
      expect(clock.runningMs()).toBe(4 * dayMs + 5_000)
    })

    it('do not count when either end is unknown', async () => {
      await runOneDay(undefined)
      const clock = await openRunningClock(path, known('b', 50, 9 * dayMs))
      expect(clock.runningMs()).toBe(dayMs)
    })

    it('are never negative, and no jump within one boot is one', async () => {
      await runOneDay(5 * dayMs)
      const after = known('b', 50, 1 * dayMs)
      const clock = await openRunningClock(path, after)
      expect(clock.runningMs()).toBe(dayMs)
      for (const jump of [100_000 * dayMs, -50_000 * dayMs, 3 * dayMs]) {
        after.state.wallMs = jump
        await clock.save()
        expect(clock.runningMs()).toBe(dayMs)
      }
      const again = await openRunningClock(path, { ...after, knownWallMs: () => 10_000 * dayMs })
      expect(again.runningMs()).toBe(dayMs)
    })
  })
})
