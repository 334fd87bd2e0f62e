import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Page } from 'playwright-core'
import { palettePng } from './palette-png.ts'

const folder = fileURLToPath(new URL('../../../docs/screens', import.meta.url))

/** Pictures are written only when somebody asks for them: `UPDATE_SCREENS=1`. */
export const updatesPictures = process.env.UPDATE_SCREENS === '1'

/** Where the picture of that name lies. */
export const pictureFile = (name: string) => join(folder, `${name}.png`)

/** Writes the page as it looks now to `docs/screens/<name>.png`, at half its size. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!updatesPictures) return
  const image = await loadImage(await page.screenshot({ animations: 'disabled' }))
  const width = Math.round(image.width / 2)
  const height = Math.round(image.height / 2)
  const context = createCanvas(width, height).getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, width, height)
  mkdirSync(folder, { recursive: true })
  const { data } = context.getImageData(0, 0, width, height)
  writeFileSync(pictureFile(name), palettePng(data, width, height))
}

/** Keeps a printed slip, as it came out of the printer, as `docs/screens/<name>.png`. */
export function keepSlip(png: string, name: string): void {
  if (!updatesPictures) return
  mkdirSync(folder, { recursive: true })
  copyFileSync(png, pictureFile(name))
}
