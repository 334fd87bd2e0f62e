import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { World } from '../world.ts'

/** PNG files of the complete pieces of paper that came out of the printer, oldest first. */
export function printedSlips(world: World): readonly string[] {
  return world
    .printerLog()
    .filter(({ event }) => event === 'printed')
    .map(({ png }) => String(png))
}

/** Fewer rows than the band of a reprint is high, more than any letter. */
const leastBandRows = 30

/** White letters on a black band across the paper: BẢN IN LẠI, or that a note is no slip. */
export async function hasBlackBand(png: string): Promise<boolean> {
  const image = await loadImage(png)
  const { width, height } = image
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  let rows = 0
  for (let row = 0; row < height; row += 1) {
    let black = 0
    for (let column = 0; column < width; column += 1) {
      if ((data[4 * (row * width + column)] ?? 255) < 128) black += 1
    }
    rows = black > 0.55 * width ? rows + 1 : 0
    if (rows >= leastBandRows) return true
  }
  return false
}
