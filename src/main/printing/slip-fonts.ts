import { fileURLToPath } from 'node:url'
import { GlobalFonts } from '@napi-rs/canvas'

/**
 * One family for each file: the fonts come as subsets, and two subsets under one name would hide each
 * other. Text then falls back from subset to subset, glyph by glyph.
 */
export const slipFontWeights = [500, 600, 700, 800] as const
export type SlipFontWeight = (typeof slipFontWeights)[number]

/** Noto Sans Khmer is used in three weights; heavier Latin takes the nearest. */
const khmerWeights: Readonly<Record<SlipFontWeight, number>> = {
  500: 500,
  600: 600,
  700: 700,
  800: 700,
}

const family = (subset: string, weight: number) => `slip-${subset}-${weight}`

function register(packageFile: string, name: string): void {
  const path = fileURLToPath(import.meta.resolve(packageFile))
  if (!GlobalFonts.registerFromPath(path, name))
    throw new Error(`font not readable: ${packageFile}`)
}

let registered = false

/** Registers the fonts of the slip once in this process. Throws when a file is missing. */
export function registerSlipFonts(): void {
  if (registered) return
  for (const weight of slipFontWeights) {
    for (const subset of ['latin', 'latin-ext', 'vietnamese']) {
      register(
        `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff2`,
        family(subset, weight),
      )
    }
  }
  for (const weight of new Set(Object.values(khmerWeights))) {
    register(
      `@fontsource/noto-sans-khmer/files/noto-sans-khmer-khmer-${weight}-normal.woff2`,
      family('khmer', weight),
    )
  }
  registered = true
}

/** A canvas font string. Families carry no style of their own, so the weight is in their name. */
export function slipFont(sizeDots: number, weight: SlipFontWeight): string {
  const families = [
    family('latin', weight),
    family('vietnamese', weight),
    family('latin-ext', weight),
    family('khmer', khmerWeights[weight]),
  ]
  return `${sizeDots}px ${families.map((name) => `"${name}"`).join(', ')}`
}
