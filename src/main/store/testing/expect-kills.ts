import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyAudit } from '../../audit/verify-audit.ts'
import type { CommitEffect } from '../store-tap.ts'
import { allEffects } from './all-effects.ts'
import { dumpDatabase } from './dump-database.ts'
import { openSampleStore, sampleClock } from './sample.ts'

const child = join(import.meta.dirname, 'kill-child.ts')

/** One case a phase: a process is killed inside the first such commit, then the database is read. */
export function expectKills(effects: readonly CommitEffect[]): void {
  let folder: string
  /** What the database holds before each step and after the last. */
  const states: ReturnType<typeof dumpDatabase>[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-kill-'))
    const whole = join(folder, 'whole')
    const clock = sampleClock()
    const store = openSampleStore(whole, { clock })
    states.push(dumpDatabase(whole))
    for (const step of allEffects) {
      step.run(store, clock)
      states.push(dumpDatabase(whole))
    }
    store.close()
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  const cases = effects.flatMap((effect) => [
    ['before', effect] as const,
    ['after', effect] as const,
  ])
  it.for(cases)('%s %s: the old state or the new one', async ([phase, effect]) => {
    const own = join(folder, `${phase}-${effect.replace(':', '-')}`)
    const running = spawn(process.execPath, [child, own, effect, phase], { stdio: 'inherit' })
    const [, signal] = await once(running, 'exit')
    expect(signal).toBe('SIGKILL')

    const found = dumpDatabase(own)
    const index = allEffects.findIndex((step) => step.effect === effect)
    if (effect === 'commit:createStore') {
      const isEmpty = Object.values(found).every((rows) => rows.length === 0)
      expect(isEmpty).toBe(phase === 'before')
      if (phase === 'after') expect(found).toEqual(states[0])
    } else {
      expect(states[index]).not.toEqual(states[index + 1])
      expect(found).toEqual(states[phase === 'before' ? index : index + 1])
    }

    const again = openSampleStore(own)
    expect(verifyAudit(again.auditRows()).ok).toBe(true)
    again.close()
  })
}
