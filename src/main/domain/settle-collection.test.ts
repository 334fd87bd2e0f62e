import { expect, test } from 'vitest'
import { type CollectionFacts, settleCollection } from './settle-collection.ts'

test.each<[string, CollectionFacts, string]>([
  ['gone, closed', { door: 'closed', item: 'absent' }, 'taken'],
  ['still inside, closed', { door: 'closed', item: 'present' }, 'notTaken'],
  ['gone, still open', { door: 'open', item: 'absent' }, 'wait'],
  ['still inside, open', { door: 'open', item: 'present' }, 'wait'],
  ['gone, left open', { door: 'open', item: 'absent', leftOpen: true }, 'taken'],
  ['inside, left open', { door: 'open', item: 'present', leftOpen: true }, 'unknown'],
  ['sensor dead', { door: 'closed', item: 'unknown' }, 'unknown'],
  ['bus silent', { door: 'unknown', item: 'unknown' }, 'unknown'],
  ['door unknown', { door: 'unknown', item: 'absent' }, 'unknown'],
  ['never seen before', { door: 'closed', item: 'absent', baselineItem: 'absent' }, 'unknown'],
  ['before not known', { door: 'closed', item: 'absent', baselineItem: 'unknown' }, 'unknown'],
])('%s', (_, facts, expected) => expect(settleCollection(facts)).toBe(expected))
