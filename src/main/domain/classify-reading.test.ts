import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeBagCode } from './bag-code.ts'
import { classifyReading } from './classify-reading.ts'
import { encodeCollectionQr } from './collection-qr.ts'
import { makeIntakeId } from './intake-id.ts'
import { encodeSlipQr } from './slip-qr.ts'

const formats = { bag: { codePattern: '^TUI[0-9]{8}$' } }
const classify = (text: string | undefined) => classifyReading(text, formats)

const intakeId = makeIntakeId({ kioskId: 'K07', epoch: 1, number: 123 })
const slip = encodeSlipQr(
  { keyId: 'K07.1', intakeId, at: '2026-01-02T03:04:05Z', contentHash: 'ab'.repeat(32) },
  () => new Uint8Array(64),
)
const samples = {
  card: '092090012345||Nguyễn Văn A|01011990|Nam|Phường Hoa Sen|15042021',
  slip,
  collectionQr: encodeCollectionQr('K07', new Uint8Array(16).fill(7)),
  bag: makeBagCode('TUI', 123),
  badge: 'MCB1*DEMO-BADGE-OFFICER',
  intakeId,
  dossierCode: '000.00.53.H48-220921-0099',
} as const

test.each(Object.entries(samples))(
  'knows a %s, whatever the reader puts around it',
  (kind, text) => {
    for (const [before, after] of [
      ['', ''],
      ['', '\r'],
      ['', '\r\n'],
      ['\u0002', '\u0003'],
      ['\uFEFF', '\t'],
      [']Q1', '\r'],
      ['\u0002]C0', '\u0003\r\n'],
      ['  ', '  '],
    ]) {
      expect(classify(before + text + after).kind).toBe(kind)
    }
  },
)

test.each(Object.entries(samples))('a %s with a control character inside is refused', (_, text) => {
  for (const code of [0, 5, 8, 0x0d, 0x0f, 0x12, 0x1b, 0x1d, 0x7f, 0x9b]) {
    const middle = Math.floor(text.length / 2)
    const hostile = text.slice(0, middle) + String.fromCharCode(code) + text.slice(middle)
    expect(classify(hostile)).toEqual({ kind: 'garbage', reason: 'hostile' })
  }
})

test.each([
  ['nothing decoded', undefined, 'unreadable'],
  ['empty', '', 'unreadable'],
  ['spaces', '    \r\n', 'unreadable'],
  ['dashes', '------', 'unreadable'],
  ['only control characters', '\u000f\u0012\u001b', 'hostile'],
  ['8 KB', 'A'.repeat(8_192), 'hostile'],
  ['the longest QR', '1'.repeat(2_953), 'hostile'],
  ['SQL', "x' OR 1=1--", 'foreign'],
  ['quotes', '"a";', 'foreign'],
  ['markup', '<img src=x onerror=alert(1)>', 'foreign'],
  ['script', 'javascript:alert(1)', 'foreign'],
  ['file', 'file:///etc/passwd', 'foreign'],
  ['shell', 'shell:startup', 'foreign'],
  ['path', '../../etc/passwd', 'foreign'],
  ['path with NUL', '../..\u0000/x', 'hostile'],
  ['a shop item', '8934563138165', 'foreign'],
  ['a web address', 'https://example.org/?q=1|2|3', 'foreign'],
  ['half a code, repeated', samples.bag.slice(0, 6).repeat(2), 'foreign'],
  ['two bags in one reading', samples.bag + samples.bag, 'foreign'],
  ['a slip cut short', slip.slice(0, 60), 'damaged'],
  ['a misread bag', 'TUI00001235', 'damaged'],
  ['a card without a name', '092090012345|||01011990|Nam|x|15042021', 'damaged'],
  ['a badge that is too short', 'MCB1*x', 'damaged'],
  ['a collection QR cut short', 'MCR1*K07*AAAA', 'damaged'],
])('garbage: %s', (_, text, reason) => {
  expect(classify(text)).toEqual({ kind: 'garbage', reason })
})

test('never throws and never takes noise for something of ours', () => {
  const around = fc.string({ unit: 'binary', maxLength: 200 })
  const anything = fc.oneof(
    around,
    fc
      .tuple(around, fc.constantFrom('', ...Object.values(samples)), around)
      .map((pieces) => pieces.join('')),
  )
  fc.assert(
    fc.property(anything, (text) => {
      const { kind } = classify(text)
      if (kind === 'slip' || kind === 'collectionQr' || kind === 'bag' || kind === 'intakeId') {
        expect(text.toUpperCase()).toContain(samples[kind].toUpperCase())
      }
    }),
    { numRuns: 500 },
  )
})
