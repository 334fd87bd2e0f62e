import { createHash, createPublicKey, verify } from 'node:crypto'
import { PDFDocument } from 'pdf-lib'
import { expect, test } from 'vitest'
import { pageReceiptSchema, pageReceiptText } from '../../src/contract/province/page.ts'
import { depositMessage, intakeIdOf, syntheticDossier } from '../support/kiosk-client.ts'
import { demoKiosk, otherKiosk } from '../support/province.ts'
import { type SealedTestPage, sealedPage as sealTestPage } from '../support/sealed-page.ts'
import { type Scene, scene } from './in-process.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const sealedPage = (here: Scene, shade: number) => sealTestPage(here.recipient, shade)

async function put(
  here: Scene,
  contentHash: string,
  body: Uint8Array,
  kiosk: { readonly id: string; readonly token: string } = demoKiosk,
  type = 'application/octet-stream',
) {
  const answer = await fetch(`${here.province.url}/v1/kiosks/${kiosk.id}/pages/${contentHash}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${kiosk.token}`, 'content-type': type },
    body: new Uint8Array(body),
  })
  return { status: answer.status, text: await answer.text() }
}

/** A deposited dossier that names these pages. */
async function deposit(here: Scene, number: number, pages: readonly SealedTestPage[]) {
  const intakeId = intakeIdOf(number)
  const references = pages.map(({ contentHash, captureHash }) => ({ contentHash, captureHash }))
  const dossier = syntheticDossier(intakeId, { pages: references })
  const answer = await here.kiosk.send(await depositMessage(here.recipient, dossier))
  expect(answer.status).toBe(200)
  return intakeId
}

const pdfOf = async (here: Scene, intakeId: string) => {
  const { cookie } = await here.officer()
  const path = `${here.province.url}/dossiers/${intakeId}/pages.pdf`
  return fetch(path, { headers: { cookie }, redirect: 'manual' })
}

test('a page is held once, and each time it comes it gets the same signed receipt', async () => {
  const here = await scene()
  const page = await sealedPage(here, 200)
  const first = await put(here, page.contentHash, page.ciphertext)
  here.waitMs(60_000)
  const again = await put(here, page.contentHash, page.ciphertext)
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.text).toBe(first.text)

  const receipt = pageReceiptSchema.parse(JSON.parse(first.text))
  expect(receipt.contentHash).toBe(page.contentHash)
  const [key] = here.province.published.receiptKeys
  const publicKey = createPublicKey({
    ...{ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key?.publicKey ?? '' } },
  })
  const signature = Buffer.from(receipt.signature, 'base64url')
  expect(verify(null, Buffer.from(pageReceiptText(receipt)), publicKey, signature)).toBe(true)
})

test('what is torn, in the clear, misaddressed, too large or a stranger’s is refused', async () => {
  const here = await scene({
    limits: { messageBytes: 4_200_000, pageBytes: 100_000, phoneCodesPerMinute: 60 },
  })
  const page = await sealedPage(here, 200)
  const torn = page.ciphertext.subarray(0, -1)
  expect((await put(here, page.contentHash, torn)).status).toBe(400)
  expect((await put(here, page.captureHash, page.jpeg)).text).toContain('not sealed')
  expect((await put(here, 'not-a-hash', page.ciphertext)).status).toBe(400)
  expect((await put(here, page.contentHash.toUpperCase(), page.ciphertext)).status).toBe(400)
  expect((await put(here, page.contentHash, Buffer.alloc(100_001))).status).toBe(413)
  const wrongType = await put(here, page.contentHash, page.ciphertext, demoKiosk, 'image/jpeg')
  expect(wrongType.status).toBe(400)
  const stranger = { id: demoKiosk.id, token: 'no-such-token-0000000' }
  expect((await put(here, page.contentHash, page.ciphertext, stranger)).status).toBe(401)
  const posing = { id: demoKiosk.id, token: otherKiosk.token }
  expect((await put(here, page.contentHash, page.ciphertext, posing)).status).toBe(403)
  expect(await here.province.store.pages.find(demoKiosk.id, page.contentHash)).toBeUndefined()
})

test('an officer opens all pages as one PDF, as captured, and that is on record', async () => {
  const here = await scene()
  const pages = [await sealedPage(here, 90), await sealedPage(here, 200)]
  for (const page of pages) await put(here, page.contentHash, page.ciphertext)
  const intakeId = await deposit(here, 1, pages)
  const officer = await here.officer()
  expect(await officer.page(`/dossiers/${intakeId}`)).toContain('2 trang')

  const answer = await pdfOf(here, intakeId)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const bytes = Buffer.from(await answer.arrayBuffer())
  const pdf = await PDFDocument.load(bytes)
  expect(pdf.getPages().map((page) => page.getSize())).toEqual(
    // A4 at 200 dpi, in points.
    pages.map(() => ({ width: 595.44, height: 842.04 })),
  )
  const [first = -1, second = -1] = pages.map(({ jpeg }) => bytes.indexOf(jpeg))
  expect(first).toBeGreaterThan(0)
  expect(second).toBeGreaterThan(first)
  const log = await here.province.store.accessLog.list(10)
  expect(log.filter(({ action }) => action === 'viewPages')).toMatchObject([{ subject: intakeId }])
})

test('never a PDF that lacks a page without a word', async () => {
  const here = await scene()
  const [here1, late] = [await sealedPage(here, 90), await sealedPage(here, 200)]
  await put(here, here1.contentHash, here1.ciphertext)
  const intakeId = await deposit(here, 1, [here1, late])
  const officer = await here.officer()
  expect(await officer.page(`/dossiers/${intakeId}`)).toContain('Mới đến 1 trang')
  const answer = await pdfOf(here, intakeId)
  expect(answer.headers.get('content-type')).toContain('text/html')
  expect(await answer.text()).toContain('Chưa đến: trang 2.')

  await put(here, late.contentHash, late.ciphertext)
  expect((await pdfOf(here, intakeId)).headers.get('content-type')).toBe('application/pdf')
})

test('a page that is not what the dossier says is not shown as if it were', async () => {
  const here = await scene()
  const page = await sealedPage(here, 90)
  await put(here, page.contentHash, page.ciphertext)
  const swapped = { ...page, captureHash: sha256(Buffer.from('another page')) }
  const answer = await pdfOf(here, await deposit(here, 1, [swapped]))
  expect(await answer.text()).toContain('không khớp với hồ sơ: trang 1.')
})

test('the pages of another kiosk are out of reach', async () => {
  const here = await scene()
  const page = await sealedPage(here, 90)
  expect((await put(here, page.contentHash, page.ciphertext, otherKiosk)).status).toBe(201)
  const answer = await pdfOf(here, await deposit(here, 1, [page]))
  expect(await answer.text()).toContain('Chưa đến: trang 1.')
})

test('without a sign-in there are no pages, and without pages there is no PDF', async () => {
  const here = await scene()
  const page = await sealedPage(here, 90)
  await put(here, page.contentHash, page.ciphertext)
  const intakeId = await deposit(here, 1, [page])
  const stranger = await fetch(`${here.province.url}/dossiers/${intakeId}/pages.pdf`, {
    redirect: 'manual',
  })
  expect(stranger.status).toBe(303)
  const unscanned = await deposit(here, 2, [])
  expect(await (await pdfOf(here, unscanned)).text()).toContain('không có trang quét')
})
