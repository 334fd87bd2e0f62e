import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createPageShelf, type PageShelf } from '../../src/main/pages/page-shelf.ts'
import { createPageWork } from '../../src/main/pages/page-work.ts'
import { createPageSealer } from '../../src/main/pages/seal-page.ts'
import { createPageUploader } from '../../src/main/sync/page-uploader.ts'
import { createProvinceClient } from '../../src/main/sync/province-client.ts'
import { openSqliteStore } from '../../src/province/store/sqlite/open-sqlite-store.ts'
import { startTestProvince, type TestProvince } from '../support/province.ts'

let folder = ''
let province: TestProvince
let shelf: PageShelf
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uploader-'))
  province = await startTestProvince()
  shelf = createPageShelf(join(folder, 'pages'))
})
afterEach(async () => {
  await province.stop()
  rmSync(folder, { recursive: true, force: true })
})

function uploader(url = province.url) {
  const { kioskId, token, published } = province
  const { provinceId, receiptKeys } = published
  const client = createProvinceClient({
    ...{ url, kioskId, token, provinceId, receiptKeys, deadlineMs: 5_000 },
  })
  return createPageUploader({ client, pages: shelf })
}

/** Captured, sealed, on the shelf. */
async function sealedPages(count: number): Promise<string[]> {
  const work = createPageWork()
  const sealer = createPageSealer({ work, shelf, recipient: province.published.ageRecipient })
  const hashes: string[] = []
  for (let number = 0; number < count; number += 1) {
    const path = join(folder, `${number}.jpg`)
    const background = { r: 40 * number, g: 0, b: 0 }
    const page = sharp({ create: { width: 400, height: 600, channels: 3, background } })
    writeFileSync(path, await page.jpeg().toBuffer())
    hashes.push((await sealer.sealPage(path)).contentHash)
  }
  await work.close()
  return hashes
}

async function heldAtProvince(hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const store = openSqliteStore(province.dataFolder)
  try {
    return await store.pages.held(province.kioskId, hashes)
  } finally {
    await store.close()
  }
}

test('sealed pages reach the province whole, each once, and their receipts stay', async () => {
  const hashes = await sealedPages(3)
  expect(await uploader().upload(hashes)).toEqual({ outcome: 'done' })
  expect([...(await heldAtProvince(hashes))]).toEqual(hashes)
  for (const hash of hashes) expect(await shelf.receipt(hash)).toContain(hash)
  // With the receipts on the disk nothing is sent again, whoever answers or not.
  await province.kill()
  expect(await uploader().upload(hashes)).toEqual({ outcome: 'done' })
})

test('an interrupted upload goes on where it was, also when only the answer was lost', async () => {
  const hashes = await sealedPages(2)
  const [first = ''] = hashes
  expect(await uploader().upload([first])).toEqual({ outcome: 'done' })
  // The province has it, and the kiosk never learnt.
  rmSync(join(folder, 'pages', `${first}.receipt.json`))
  await province.kill()
  expect(await uploader().upload(hashes)).toMatchObject({ outcome: 'later', concerns: 'everyone' })
  await province.restart()
  expect(await uploader().upload(hashes)).toEqual({ outcome: 'done' })
  expect((await heldAtProvince(hashes)).size).toBe(2)
  expect(await shelf.receipt(first)).toContain(first)
})

test('a page that is gone from the disk is said so, and nothing after it is sent', async () => {
  const [first = '', second = ''] = await sealedPages(2)
  await shelf.remove(first)
  expect(await uploader().upload([first, second])).toEqual({ outcome: 'lost', contentHash: first })
  expect((await heldAtProvince([second])).size).toBe(0)
})

test.each([
  ['nothing that was signed', '{}', 'RECEIPT_MALFORMED'],
  ['a receipt of nobody we know', receiptText({ keyId: 'p-unknown' }), 'RECEIPT_KEY_UNKNOWN'],
  [
    'a receipt of another page',
    receiptText({ contentHash: 'f'.repeat(64) }),
    'RECEIPT_OF_OTHER_BODY',
  ],
  [
    'a receipt of another province',
    receiptText({ provinceId: 'elsewhere' }),
    'RECEIPT_OF_OTHER_PROVINCE',
  ],
])('a liar is not believed: %s', async (_name, text, code) => {
  const [hash = ''] = await sealedPages(1)
  const liar = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.end(text.replace('HASH', hash))
    })
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  liar.listen(0, '127.0.0.1', resolve)
  await promise
  onTestFinished(() => {
    liar.closeAllConnections()
    liar.close()
  })
  const { port } = liar.address() as AddressInfo
  expect(await uploader(`http://127.0.0.1:${port}`).upload([hash])).toEqual({
    ...{ outcome: 'garbled', code },
  })
  expect(await shelf.receipt(hash)).toBeUndefined()
})

function receiptText(changes: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    ...{ contentHash: 'HASH', provinceId: 'test-province', keyId: 'p-1' },
    ...{ receivedAt: '2026-02-09T03:00:00.000Z', signature: 'AAAA' },
    ...changes,
  })
}
