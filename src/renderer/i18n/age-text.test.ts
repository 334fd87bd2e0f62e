import { expect, it } from 'vitest'
import { ageText } from './age-text.ts'
import { textsIn } from './text.ts'

const since = '2026-05-02T12:40:00Z'

it.each([
  ['vi', '2026-05-02T12:40:59Z', '0 phút'],
  ['vi', '2026-05-02T13:39:59Z', '59 phút'],
  ['vi', '2026-05-02T13:40:00Z', '1 giờ 0 phút'],
  ['vi', '2026-05-03T12:39:59Z', '23 giờ 59 phút'],
  ['vi', '2026-05-05T16:40:00Z', '3 ngày 4 giờ'],
  ['en', '2026-05-02T15:05:00Z', '2 h 25 min'],
  ['en', '2026-05-05T16:40:00Z', '3 d 4 h'],
  // The clock of the machine fell back after the message was made.
  ['vi', '2020-01-01T00:00:00Z', '0 phút'],
] as const)('in %s at %s the age is %s', (language, now, expected) => {
  expect(ageText(textsIn(language), since, now).replaceAll('\u00a0', ' ')).toBe(expected)
})
