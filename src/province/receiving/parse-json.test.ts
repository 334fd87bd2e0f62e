import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './parse-json.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')

describe('strict JSON', () => {
  it('takes what JSON.stringify makes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('__proto__'))
        expect(parseJson(bytes(text))).toEqual({ ok: true, value: JSON.parse(text) })
      }),
    )
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (junk) => {
        expect(typeof parseJson(junk).ok).toBe('boolean')
      }),
    )
  })

  it.each([
    ['{"__proto__":{"a":1}}', '__proto__'],
    ['{"a":[{"\\u005f_proto__":1}]}', '__proto__'],
    ['{"a":NaN}', 'not JSON'],
    ['', 'not JSON'],
    ['\u{feff}{}', 'not JSON'],
    ['['.repeat(1_000_000) + ']'.repeat(1_000_000), 'nested'],
  ])('refuses %.40s', (text, reason) => {
    expect(parseJson(bytes(text))).toEqual({ ok: false, reason: expect.stringContaining(reason) })
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(parseJson(Buffer.from([0x22, 0xff, 0x22]))).toEqual({
      ok: false,
      reason: 'the body is not UTF-8',
    })
  })
})
