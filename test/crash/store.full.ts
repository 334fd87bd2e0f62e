import { describe } from 'vitest'
import { commitEffects } from '../../src/main/store/store-tap.ts'
import { expectKills } from '../../src/main/store/testing/expect-kills.ts'

describe('the store, killed inside each of its commits', () => {
  // A restore has a database of its own: src/main/core/open-kiosk-store.test.ts
  expectKills(commitEffects.filter((effect) => effect !== 'commit:restoreStore'))
})
