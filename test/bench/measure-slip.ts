import { createCanvas } from '@napi-rs/canvas'
import type { Raster } from '../../src/devices/contract.ts'
import { rasterBands } from '../../src/devices/protocols/escpos/raster-bands.ts'
import { sampleConfirmation } from '../../src/main/printing/sample-slips.ts'
import { createSlipRenderer } from '../../src/main/printing/slip-renderer.ts'
import { thresholdToRaster } from '../../src/main/printing/threshold-to-raster.ts'
import { atMost, ratioOf, round, rounded } from './figure.ts'
import type { Part } from './part.ts'
import { summary } from './series.ts'

const slips = 100

/** One slip from its facts to the bytes for the printer, as core does it: drawn in its thread, encoded. */
export const measureSlip: Part = async ({ progress }) => {
  const renderer = createSlipRenderer()
  try {
    const draw = async () => {
      const beforeMs = performance.now()
      const raster = await renderer.render(sampleConfirmation)
      const bands = rasterBands(raster)
      return { raster, bands, tookMs: performance.now() - beforeMs }
    }
    const first = await draw()
    const draws: number[] = []
    const blanks: number[] = []
    for (let count = 0; count < slips; count += 1) {
      draws.push((await draw()).tookMs)
      blanks.push(blankSlip(first.raster))
    }
    const bytes = first.bands.reduce((sum, band) => sum + band.length, 0)
    progress(`${slips} slips of ${first.raster.heightDots} rows`)
    const measured = summary(draws)
    const raw = summary(blanks)
    return {
      what: 'slip laid out, drawn and encoded as GS v 0 bands',
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'blank paper of that size to dots and bands', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [atMost('p99 ≤ 150 ms', measured.p99, 150)],
      more: { rows: first.raster.heightDots, bytes, firstAfterStart: round(first.tookMs) },
    }
  } finally {
    await renderer.close()
  }
}

/** Milliseconds for the same paper without a letter on it. */
function blankSlip({ widthDots, heightDots }: Raster): number {
  const beforeMs = performance.now()
  const context = createCanvas(widthDots, heightDots).getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, widthDots, heightDots)
  const { data } = context.getImageData(0, 0, widthDots, heightDots)
  rasterBands(thresholdToRaster(data, widthDots, heightDots))
  return performance.now() - beforeMs
}
