import { describe, expect, it } from 'vitest'
import { commitEffects } from './store-tap.ts'
import { allEffects } from './testing/all-effects.ts'
import { expectKills } from './testing/expect-kills.ts'

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
