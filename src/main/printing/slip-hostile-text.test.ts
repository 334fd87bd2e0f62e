import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseCitizenCard } from '../domain/citizen-card.ts'
import { maskName } from '../domain/mask.ts'
import { sampleConfirmation } from './sample-slips.ts'
import { slipRaster } from './slip-raster.ts'

const card = (name: string) =>
  parseCitizenCard(`092090012345|361234567|${name}|01011990|Nam|Không Có|15042021`)?.name

/** Whatever stands on a card may be printed: a slip that cannot be drawn would end core at every start. */
const names = [
  'W'.repeat(200),
  `${'Ằ'.repeat(150)} B`,
  `A${'\u0301'.repeat(198)} B`,
  '\u202eevil\u202d name',
  'a\u200d\u200d\u200d b',
  '😀'.repeat(90),
  `X ${'😀 '.repeat(60)}`,
  'ﷺﷺﷺﷺ ﷺ',
  'ខ្ញុំ ស្រឡាញ់',
  'ß ß',
  'İ i',
  '𝒜𝒷𝒸 𝒟',
  '\ufeffA B',
  'A\u00a0B',
]
const usualDots = slipRaster(sampleConfirmation).heightDots

it.each(names)('a slip for the card of %s', (name) => {
  const read = card(name)
  if (read === undefined) return
  const applicantMasked = maskName(read)
  const raster = slipRaster({ ...sampleConfirmation, applicantMasked })
  expect(raster.heightDots).toBeLessThan(usualDots * 2)
})

it('a slip for any name that a card may carry', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }), (name) => {
      const read = card(name.replaceAll('|', ''))
      if (read === undefined) return
      const masked = maskName(read)
      expect(masked.length).toBeLessThanOrEqual(read.length * 3 + 200)
      slipRaster({ ...sampleConfirmation, applicantMasked: masked, ownerMasked: masked })
    }),
    { numRuns: 60, seed: 20_260_304 },
  )
})
