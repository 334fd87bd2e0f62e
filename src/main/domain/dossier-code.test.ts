import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normaliseDossierCode, recogniseDossierCode } from './dossier-code.ts'

test.each([
  ['000.00.53.H48-220921-0099', '000.00.53.H48-220921-0099'],
  ['g09.20-20260609-0092637', 'G09.20-20260609-0092637'],
  [' 000.00.53.H48–220921–0099 ', '000.00.53.H48-220921-0099'],
  ['000.00.01.H99 - 250610 - 0007', '000.00.01.H99-250610-0007'],
])('%j is recognised', (text, code) => expect(recogniseDossierCode(text)).toBe(code))

test.each(['', '   ', '---', 'H48', 'K07-1-000123-D', 'TUI00001236', "' OR 1=1--", '../../x'])(
  '%j is not',
  (text) => expect(recogniseDossierCode(text)).toBeUndefined(),
)

test('a province may have a pattern of its own', () => {
  expect(recogniseDossierCode('hs-2026/000017', /^HS-\d{4}\/\d{6}$/)).toBe('HS-2026/000017')
})

test('normalising never throws and changes nothing when done twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      const once = normaliseDossierCode(text)
      if (once !== undefined) expect(normaliseDossierCode(once)).toBe(once)
    }),
  )
})
