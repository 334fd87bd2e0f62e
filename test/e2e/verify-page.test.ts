import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeIntakeId } from '../../src/main/domain/intake-id.ts'
import { encodeSlipQr } from '../../src/main/domain/slip-qr.ts'
import { findChromium } from '../../src/main/host/chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'verify-page-'))
const pair = generateKeyPairSync('ed25519')
const key = String(pair.publicKey.export({ format: 'jwk' }).x)
const slip = encodeSlipQr(
  {
    keyId: 'K07.1',
    intakeId: makeIntakeId({ kioskId: 'K07', epoch: 1, number: 123 }),
    at: '2026-02-28T18:02:03Z',
    contentHash: 'ab'.repeat(32),
  },
  (text) => new Uint8Array(sign(null, text, pair.privateKey)),
)

function chromiumPath(): string {
  const found = findChromium()
  if (found === undefined) throw new Error('No Chromium found: apt-get install chromium')
  return found
}

let browser: Browser
let page: Page
const errors: string[] = []
const requests: string[] = []

beforeAll(async () => {
  await build({
    configFile: fileURLToPath(new URL('../../vite.verify.config.ts', import.meta.url)),
    logLevel: 'silent',
    build: { outDir: folder },
  })
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox'],
  })
  page = await browser.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (line) => errors.push(line.text()))
  page.on('request', (request) => requests.push(request.url()))
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

test('from a file, without any network: a good slip, a tampered one, another machine', async () => {
  const address = pathToFileURL(join(folder, 'index.html')).href
  await page.goto(`${address}#keys=K07.1:${key}`)
  const verdict = async (text: string) => {
    await page.fill('#slip', text)
    return page.getAttribute('#verdict', 'data-verdict')
  }
  expect(await verdict(slip)).toBe('good')
  expect(await page.textContent('#claim')).toContain('K07-1-000123-O')
  expect(await page.textContent('#verdict')).toContain('Chữ ký đúng')
  expect(await verdict(slip.replace('20260228', '20260227'))).toBe('BAD_SIGNATURE')
  expect(await verdict('<img src=x onerror=alert(1)>')).toBe('NOT_A_SLIP')
  expect(await page.textContent('#claim')).toBe('')

  await page.fill('#keys', 'A'.repeat(43))
  expect(await verdict(slip)).toBe('BAD_SIGNATURE')
  await page.fill('#keys', '')
  expect(await verdict(slip)).toBe('noKeys')
  await page.click('#language')
  expect(await page.textContent('h1')).toBe('Check a slip of the dossier machine')

  expect(errors).toEqual([])
  expect(requests).toHaveLength(1)
})
