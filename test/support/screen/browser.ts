import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../../src/main/host/chromium.ts'

/** The system's Chromium, headless, with a fresh profile that is gone with it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium found: apt-get install chromium')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-quic',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
      '--disable-breakpad',
    ],
  })
}

export const portrait = { width: 1080, height: 1920 } as const
export const landscape = { width: 1920, height: 1080 } as const
export const smallLandscape = { width: 1366, height: 768 } as const
