import { describe, expect, it } from 'vitest'
import { manualClock } from '../../devices/manual-clock.ts'
import { type Ended, keepRunning } from './keep-running.ts'

function bench() {
  const clock = manualClock()
  const launches: { safeStart: boolean; end: Ended }[] = []
  const down: string[] = []
  const gaveUp: number[] = []
  const kept = keepRunning({
    clock,
    launch: (safeStart, end) => launches.push({ safeStart, end }),
    onDown: (description, crashes) => down.push(`${description} ${crashes}`),
    onGaveUp: (code) => gaveUp.push(code),
  })
  const end = (code: number | null, description = 'crash') =>
    launches.at(-1)?.end(code, description)
  return { clock, launches, down, gaveUp, kept, end }
}

describe('keepRunning', () => {
  it('starts again what died, safely from the third crash in a minute on', async () => {
    const { clock, launches, down, end } = bench()
    for (let crash = 1; crash <= 3; crash++) {
      end(1)
      await clock.advance(1_000)
    }
    expect(launches.map(({ safeStart }) => safeStart)).toEqual([false, false, false, true])
    expect(down).toEqual(['crash 1', 'crash 2', 'crash 3'])
  })

  it('counts one end once', async () => {
    const { clock, launches, end } = bench()
    end(null)
    end(1)
    await clock.advance(60_000)
    expect(launches).toHaveLength(2)
  })

  it('gives up on a refused configuration until somebody asks for another try', async () => {
    const { clock, launches, gaveUp, kept, end } = bench()
    end(78)
    await clock.advance(600_000)
    expect(gaveUp).toEqual([78])
    expect(launches).toHaveLength(1)
    kept.retry()
    expect(launches).toHaveLength(2)
  })

  it('does not start a second one by asking twice', async () => {
    const { clock, launches, kept, end } = bench()
    end(1)
    kept.retry()
    kept.retry()
    await clock.advance(60_000)
    expect(launches).toHaveLength(2)
  })

  it('starts nothing after stop', async () => {
    const { clock, launches, kept, end } = bench()
    end(1)
    kept.stop()
    kept.retry()
    await clock.advance(60_000)
    expect(launches).toHaveLength(1)
    expect(clock.pendingTimers()).toBe(0)
  })
})
