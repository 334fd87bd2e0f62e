import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build, preview } from 'vite'
import { openBrowser, portrait } from './browser.ts'

export interface GalleryPage {
  readonly page: Page
  close(): Promise<void>
}

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** The gallery of example screens, built as the product is, in a Chromium of its own. */
export async function openGallery(): Promise<GalleryPage> {
  const folder = mkdtempSync(join(tmpdir(), 'gallery-'))
  const configFile = at('vite.config.ts')
  const output = {
    outDir: folder,
    rollupOptions: { input: at('src/renderer/gallery/index.html') },
  }
  await build({ configFile, logLevel: 'error', build: output })
  const server = await preview({
    configFile,
    logLevel: 'error',
    build: output,
    preview: { port: 0, host: '127.0.0.1' },
  })
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: portrait })
  // What moves stands still at its end, as for somebody who asked for no motion.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}gallery/`)
  await page.evaluate(async () => {
    for (const weight of [400, 600, 700]) {
      await document.fonts.load(`${weight} 32px "Be Vietnam Pro"`, 'Hồ sơ')
      await document.fonts.load(`${weight} 32px "Noto Sans Khmer"`, 'ភាសាខ្មែរ')
    }
  })
  return {
    page,
    async close() {
      await browser.close()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

declare global {
  interface Window {
    /** Of the gallery: draws that example at once. */
    show(hash: string): void
  }
}

/** Draws one example and waits until its pictures are there. */
export async function showExample(page: Page, hash: string): Promise<void> {
  await page.evaluate(async (wanted) => {
    window.show(wanted)
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    await Promise.all([...document.images].map((image) => image.decode()))
  }, hash)
}
