import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DepositFacts, settleDeposit } from './settle-deposit.ts'

const item = fc.constantFrom('present', 'absent', 'unknown')
const anyFacts: fc.Arbitrary<DepositFacts> = fc
  .record({
    unlockSent: fc.boolean(),
    baselineItem: item,
    door: fc.constantFrom('open', 'closed', 'unknown'),
    item,
    doorEverOpened: fc.option(fc.boolean(), { nil: undefined }),
    citizenSays: fc.option(fc.constantFrom('inside', 'notInside'), { nil: undefined }),
  })
  .map(({ door, item, doorEverOpened, citizenSays, ...rest }) => ({
    ...rest,
    sensors: { door, item },
    ...(doorEverOpened !== undefined && { doorEverOpened }),
    ...(citizenSays !== undefined && { citizenSays }),
  }))

const usual: DepositFacts = {
  unlockSent: true,
  baselineItem: 'absent',
  sensors: { door: 'closed', item: 'present' },
}

test.each<[string, Partial<DepositFacts>, string]>([
  ['bag in, door closed', {}, 'deposited'],
  ['bag in, door open', { sensors: { door: 'open', item: 'present' } }, 'wait'],
  ['nothing in, door open', { sensors: { door: 'open', item: 'absent' } }, 'wait'],
  ['seen empty', { sensors: { door: 'closed', item: 'absent' } }, 'abandoned'],
  [
    'seen empty, the citizen says it is inside',
    { sensors: { door: 'closed', item: 'absent' }, citizenSays: 'inside' },
    'unknown',
  ],
  [
    'seen empty, the citizen agrees',
    { sensors: { door: 'closed', item: 'absent' }, citizenSays: 'notInside' },
    'abandoned',
  ],
  ['sensor dead', { sensors: { door: 'closed', item: 'unknown' } }, 'unknown'],
  ['bus silent', { sensors: { door: 'unknown', item: 'unknown' } }, 'unknown'],
  ['sensor stuck before', { baselineItem: 'present' }, 'unknown'],
  ['sensor never read before', { baselineItem: 'unknown' }, 'unknown'],
  ['something came through a shut door', { doorEverOpened: false }, 'unknown'],
  [
    'never unlocked',
    { unlockSent: false, sensors: { door: 'unknown', item: 'unknown' } },
    'abandoned',
  ],
])('%s', (_, facts, expected) => expect(settleDeposit({ ...usual, ...facts })).toBe(expected))

test('abandoned only if never unlocked or seen empty behind a closed door', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      if (settleDeposit(facts) !== 'abandoned') return
      const seenEmpty = facts.sensors.door === 'closed' && facts.sensors.item === 'absent'
      expect(!facts.unlockSent || seenEmpty).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('deposited only if the sensor saw something come in and the door is closed', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      if (settleDeposit(facts) !== 'deposited') return
      expect(facts).toMatchObject({
        unlockSent: true,
        baselineItem: 'absent',
        sensors: { door: 'closed', item: 'present' },
      })
    }),
    { numRuns: 2_000 },
  )
})

test('only an open door is waited for', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const waits = settleDeposit(facts) === 'wait'
      expect(waits).toBe(facts.unlockSent && facts.sensors.door === 'open')
    }),
    { numRuns: 2_000 },
  )
})
