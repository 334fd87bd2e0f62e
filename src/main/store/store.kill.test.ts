import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { commitEffects } from './store-tap.ts'
import { allEffects } from './testing/all-effects.ts'
import { expectKills } from './testing/expect-kills.ts'
import { openSampleStore, sampleClock } from './testing/sample.ts'

// The commits on which a slip or a door depends; test/crash/store.full.ts runs all of them.
describe('killed inside a commit', () => {
  it('has a case for every commit of the store', () => {
    const covered = new Set<string>([
      'commit:createStore',
      // src/main/core/open-kiosk-store.test.ts
      'commit:restoreStore',
      ...allEffects.map((s) => s.effect),
    ])
    expect([...covered].sort()).toEqual([...commitEffects].sort())
  })

  it('has a step for each that commits it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'store-steps-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const clock = sampleClock()
    let committed: string[] = []
    const store = openSampleStore(folder, {
      clock,
      tap: ({ phase, effect }) => phase === 'after' && committed.push(effect),
    })
    for (const step of allEffects) {
      committed = []
      step.run(store, clock)
      expect(committed).toContain(step.effect)
    }
    store.close()
  })

  expectKills([
    'commit:createStore',
    'commit:sealDossier',
    'commit:depositDossier',
    'commit:recordSlipSeen',
    'commit:stockResult',
    'commit:recordTaken',
    'commit:acknowledge',
  ])
})
