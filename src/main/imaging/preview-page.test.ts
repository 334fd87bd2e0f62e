import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawSheet } from '../../devices/simulators/scanner/draw-sheet.ts'
import { inspectPage } from './inspect-page.ts'
import { previewPage } from './preview-page.ts'

const { widthPx, heightPx, rgb } = drawSheet({ kind: 'form', skewDegrees: 5 })
const page = await sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
  .jpeg({ quality: 75 })
  .toBuffer()

test('the preview is small and as high as wide as the page', async () => {
  const preview = await previewPage(page, { maxPx: 800, skewDegrees: 0 })
  const { width, height, format } = await sharp(preview).metadata()
  expect({ width, height, format }).toEqual({ width: 566, height: 800, format: 'jpeg' })
})

test('a crooked page is turned back for the preview', async () => {
  const preview = await previewPage(page, { maxPx: heightPx, skewDegrees: 5 })
  const { width, height } = await sharp(preview).metadata()
  expect({ width, height }).toEqual({ width: widthPx, height: heightPx })
  const { skewDegrees } = await inspectPage(preview)
  expect(Math.abs(skewDegrees ?? 99)).toBeLessThan(0.5)
})
