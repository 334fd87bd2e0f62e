import { expect, it } from 'vitest'
import { dayText } from './day-text.ts'
import { textsIn } from './text.ts'

it.each([
  ['vi', 'Thứ Ba, 04/08'],
  ['en', 'Tuesday, 04 August'],
  ['km', 'ថ្ងៃអង្គារ ទី 04/08'],
] as const)('in %s a day by itself is %s', (language, expected) => {
  const said = dayText(textsIn(language), '2026-08-03T23:30:00Z')
  expect(said.replaceAll('\u00a0', ' ')).toBe(expected)
})
