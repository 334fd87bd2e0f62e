import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawSheet } from '../../devices/simulators/scanner/draw-sheet.ts'
import type { SheetDescription } from '../../devices/simulators/scanner/sheet-description.ts'
import type { PageInspection } from './finding.ts'
import { inspectPage } from './inspect-page.ts'

/** As a scanner delivers it: scanimage writes JPEG of quality 75. */
async function scanned(sheet: SheetDescription, quality = 75): Promise<Uint8Array> {
  const { widthPx: width, heightPx: height, rgb } = drawSheet(sheet)
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer()
}
const inspect = async (sheet: SheetDescription): Promise<PageInspection> =>
  inspectPage(await scanned(sheet))

test('a form is a page like any other', async () => {
  expect(await inspect({ kind: 'form' })).toEqual({
    ...{ blank: false, skewDegrees: 0, blurred: 'no', cutOff: 'no' },
  })
})

test.each([
  ['an empty back', { kind: 'blank' }],
  ['an empty back that lies crooked, with dark ground around', { kind: 'blank', skewDegrees: 4 }],
  ['an empty back of coloured paper', { kind: 'blank', paper: '#8fc7a0' }],
] as const)('blank: %s', async (_name, sheet) => {
  expect(await inspect(sheet)).toMatchObject({
    ...{ blank: true, skewDegrees: undefined, blurred: 'cannotTell' },
  })
})

test.each([
  ['one signature', { kind: 'signature' }],
  ['a dark photograph', { kind: 'photo' }],
  ['light writing on dark paper', { kind: 'form', paper: '#303030' }],
] as const)('not blank: %s', async (_name, sheet) => {
  expect((await inspect(sheet)).blank).toBe(false)
})

test.each([3, -3, 8, -8])('lies crooked by %i degrees', async (skewDegrees) => {
  const found = await inspect({ kind: 'form', skewDegrees })
  expect(found.skewDegrees).toBeGreaterThan(skewDegrees - 0.4)
  expect(found.skewDegrees).toBeLessThan(skewDegrees + 0.4)
  expect(found.blank).toBe(false)
  expect(found.blurred).toBe('no')
})

test('a direction is not invented where nothing tells', async () => {
  for (const kind of ['photo', 'signature'] as const) {
    expect((await inspect({ kind })).skewDegrees, kind).toBeUndefined()
  }
})

test.each([
  [3, 'yes'],
  [5, 'yes'],
  [1, 'no'],
] as const)('blurred by %i px: %s', async (blurPx, blurred) => {
  expect((await inspect({ kind: 'form', blurPx })).blurred).toBe(blurred)
})

test('a photograph is soft by nature, which tells nothing', async () => {
  expect((await inspect({ kind: 'photo' })).blurred).toBe('cannotTell')
})

test.each([
  ['a corner folded by a staple', { kind: 'form', foldedCornerMm: 15 }],
  ['a large corner', { kind: 'form', foldedCornerMm: 30 }],
  ['lines that begin outside', { kind: 'form', shiftLeftMm: 35 }],
] as const)('cut off: %s', async (_name, sheet) => {
  expect((await inspect(sheet)).cutOff).toBe('yes')
})

test('a sheet that lies beside the middle has lost nothing but margin', async () => {
  expect((await inspect({ kind: 'form', shiftLeftMm: 10 })).cutOff).toBe('no')
})

test('what cannot be seen is said so: corners of a crooked page, edges of a dark one', async () => {
  const hidden = { kind: 'form', skewDegrees: 3, foldedCornerMm: 20 } as const
  expect((await inspect(hidden)).cutOff).toBe('cannotTell')
  expect((await inspect({ kind: 'photo' })).cutOff).toBe('cannotTell')
})

test.each(['#ffd9a0', '#8fc7a0', '#f3b8c4'])(
  'coloured paper %s changes no finding',
  async (paper) => {
    expect(await inspect({ kind: 'form', paper })).toEqual({
      ...{ blank: false, skewDegrees: 0, blurred: 'no', cutOff: 'no' },
    })
  },
)

test('half a file is no page', async () => {
  const jpeg = await scanned({ kind: 'form' })
  await expect(inspectPage(jpeg.subarray(0, jpeg.length / 2))).rejects.toThrow()
  await expect(inspectPage(Buffer.from('not an image'))).rejects.toThrow()
})
