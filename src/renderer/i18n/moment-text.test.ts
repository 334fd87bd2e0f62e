import { describe, expect, it } from 'vitest'
import { momentText } from './moment-text.ts'
import { textsIn } from './text.ts'

describe('momentText', () => {
  it.each([
    ['vi', '2026-08-04T04:30:00Z', '11 giờ 30, thứ Ba 04/08'],
    ['vi', '2026-08-04T10:00:00Z', '17 giờ, thứ Ba 04/08'],
    ['en', '2026-08-04T04:30:00Z', '11:30 on Tuesday, 04 August'],
    ['en', '2026-08-04T10:00:00Z', '17:00 on Tuesday, 04 August'],
    // Late in the evening in London it is the next day already.
    ['vi', '2026-12-31T18:05:00Z', '1 giờ 05, thứ Sáu 01/01'],
  ] as const)('in %s says %s as %s', (language, instant, expected) => {
    // Parts that must not be torn apart at the end of a line are bound by no-break spaces.
    expect(momentText(textsIn(language), instant).replaceAll('\u00a0', ' ')).toBe(expected)
  })
})
