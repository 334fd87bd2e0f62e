import { expect, test } from 'vitest'
import { certificateState } from './certificate-state.ts'

test.each([
  ['2026-05-31T00:00:00Z', 'good'],
  ['2026-05-01T00:00:01Z', 'good'],
  ['2026-05-01T00:00:00Z', 'expiring'],
  ['2026-04-01T00:00:00Z', 'expiring'],
  ['2026-03-31T23:59:59Z', 'expired'],
])('on 1 April a certificate until %s is %s', (notAfter, state) => {
  expect(certificateState(notAfter, Date.parse('2026-04-01T00:00:00Z'))).toBe(state)
})
