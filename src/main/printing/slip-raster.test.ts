import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import type { Raster } from '../../devices/contract.ts'
import { sampleConfirmation, sampleIncident, sampleQrPayload, sampleTest } from './sample-slips.ts'
import { registerSlipFonts, slipFont } from './slip-fonts.ts'
import { slipRaster } from './slip-raster.ts'
import { createSlipRenderer } from './slip-renderer.ts'

const blackDots = (raster: Raster) =>
  raster.data.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
const same = (a: Raster, b: Raster) =>
  a.heightDots === b.heightDots && Buffer.from(a.data).equals(Buffer.from(b.data))

/** Pixels of one line of text, as drawn with the slip's fonts. */
function drawn(text: string): Buffer {
  registerSlipFonts()
  const canvas = createCanvas(400, 60)
  const context = canvas.getContext('2d')
  context.font = slipFont(30, 600)
  context.fillText(text, 5, 40)
  return Buffer.from(canvas.data())
}

describe('slip raster', () => {
  test('has the width of the head and something on it', () => {
    for (const widthDots of [576, 384]) {
      const raster = slipRaster({ ...sampleConfirmation, widthDots })
      expect(raster.widthDots).toBe(widthDots)
      expect(raster.data.length).toBe((widthDots / 8) * raster.heightDots)
      const share = blackDots(raster) / (raster.data.length * 8)
      expect(share).toBeGreaterThan(0.05)
      expect(share).toBeLessThan(0.4)
    }
  })

  test('a procedure without a name in the second language is named once', () => {
    const { procedureName } = sampleConfirmation
    const repeated = slipRaster({ ...sampleConfirmation, procedureNameSecond: procedureName })
    const once = slipRaster({ ...sampleConfirmation, procedureNameSecond: undefined })
    expect(same(repeated, once)).toBe(true)
  })

  test('decomposed Vietnamese prints exactly like composed', () => {
    const decompose = (text: string) => text.normalize('NFD')
    const decomposed = slipRaster({
      ...sampleConfirmation,
      authority: decompose(sampleConfirmation.authority),
      procedureName: decompose(sampleConfirmation.procedureName),
      applicantMasked: decompose(sampleConfirmation.applicantMasked),
      papers: sampleConfirmation.papers.map((line) => ({ ...line, name: decompose(line.name) })),
    })
    expect(decompose(sampleConfirmation.procedureName)).not.toBe(sampleConfirmation.procedureName)
    expect(same(decomposed, slipRaster(sampleConfirmation))).toBe(true)
  })

  test('every Vietnamese letter has a shape of its own: none is a missing-glyph box', () => {
    const letters = [...'ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ']
    const all = [...letters, ...letters.map((letter) => letter.toLocaleUpperCase('vi'))]
    const box = drawn('\u{10fffd}')
    const shapes = new Set(all.map((letter) => drawn(letter).toString('base64')))
    expect(shapes.size).toBe(all.length)
    expect(shapes.has(box.toString('base64'))).toBe(false)
  })

  test('Khmer is shaped: not boxes, and a subscript is not its letters one after another', () => {
    expect(drawn('ក').equals(drawn('ខ'))).toBe(false)
    expect(drawn('ក').equals(drawn('\u{10fffd}'))).toBe(false)
    registerSlipFonts()
    const context = createCanvas(1, 1).getContext('2d')
    context.font = slipFont(30, 600)
    const width = (text: string) => context.measureText(text).width
    // COENG makes the second consonant a subscript beneath the first.
    expect(width('ក្ត')).toBeLessThan(width('ក') + width('ត') - 5)
  })

  test('the second language shows, and Khmer is not English', () => {
    const plain = slipRaster({ ...sampleConfirmation, secondLanguage: undefined })
    const english = slipRaster(sampleConfirmation)
    const khmer = slipRaster({ ...sampleConfirmation, secondLanguage: 'km' })
    expect(english.heightDots).toBeGreaterThan(plain.heightDots)
    expect(same(english, khmer)).toBe(false)
  })

  test('a reprint, an unsynchronised clock and an incident are marked', () => {
    const slip = slipRaster(sampleConfirmation)
    const reprint = slipRaster({ ...sampleConfirmation, kind: 'reprint' })
    const unsure = slipRaster({ ...sampleConfirmation, clockSynchronised: false })
    // The black band is many more dots than any line of text.
    expect(blackDots(reprint) - blackDots(slip)).toBeGreaterThan(10_000)
    expect(blackDots(unsure)).toBeGreaterThan(blackDots(slip))
    expect(blackDots(slipRaster(sampleIncident))).toBeGreaterThan(0)
  })

  test('a payload that no reader would give back is refused', () => {
    expect(() => slipRaster({ ...sampleConfirmation, qrPayload: 'hồ sơ' })).toThrow(RangeError)
    expect(() =>
      slipRaster({ ...sampleConfirmation, widthDots: 384, qrPayload: sampleQrPayload.repeat(5) }),
    ).toThrow(RangeError)
  })
})

describe('slip renderer', () => {
  test('draws in its thread what is drawn here, several at once', async () => {
    const renderer = createSlipRenderer()
    try {
      const [slip, note, probe] = await Promise.all([
        renderer.render(sampleConfirmation),
        renderer.render(sampleIncident),
        renderer.render(sampleTest),
      ])
      expect(same(slip, slipRaster(sampleConfirmation))).toBe(true)
      expect(same(note, slipRaster(sampleIncident))).toBe(true)
      expect(same(probe, slipRaster(sampleTest))).toBe(true)
    } finally {
      await renderer.close()
    }
  })

  test('a slip that cannot be drawn is an error of that slip alone, and tells nothing of it', async () => {
    const renderer = createSlipRenderer()
    try {
      const bad = renderer.render({ ...sampleConfirmation, qrPayload: 'Mẫu' })
      await expect(bad).rejects.toThrow('slip could not be drawn: RangeError')
      expect((await renderer.render(sampleTest)).heightDots).toBeGreaterThan(0)
    } finally {
      await renderer.close()
    }
    await expect(renderer.render(sampleTest)).rejects.toThrow('closed')
  })
})
