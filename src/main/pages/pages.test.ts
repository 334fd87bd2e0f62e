import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import sharp from 'sharp'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { drawSheet } from '../../devices/simulators/scanner/draw-sheet.ts'
import { createPageShelf } from './page-shelf.ts'
import { createPageWork } from './page-work.ts'
import { openScanFolder } from './scan-folder.ts'
import { createPageSealer } from './seal-page.ts'

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)
const { widthPx: width, heightPx: height, rgb } = drawSheet({ kind: 'form', skewDegrees: 3 })
const page = await sharp(rgb, { raw: { width, height, channels: 3 } })
  .jpeg({ quality: 75 })
  .toBuffer()
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const work = createPageWork()
afterAll(() => work.close())

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function scannedPage(): string {
  const path = join(folder, 'page.jpg')
  writeFileSync(path, page)
  return path
}

test('a sealed page can be read by the province alone, byte by byte as captured', async () => {
  const shelf = createPageShelf(join(folder, 'pages'))
  const path = scannedPage()
  const sealed = await createPageSealer({ work, shelf, recipient }).sealPage(path)

  expect(existsSync(path)).toBe(false)
  const ciphertext = readFileSync(sealed.sealedPath)
  expect(sealed).toMatchObject({
    ...{ contentHash: sha256(ciphertext), captureHash: sha256(page), bytes: ciphertext.length },
  })
  expect(ciphertext.includes(page.subarray(200, 300))).toBe(false)
  expect(statSync(sealed.sealedPath).mode & 0o777).toBe(0o600)
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  expect(Buffer.from(await decrypter.decrypt(ciphertext)).equals(page)).toBe(true)
  expect(await shelf.read(sealed.contentHash)).toEqual(ciphertext)
})

test('a page that cannot be put on record can be sealed again', async () => {
  const shelf = createPageShelf(join(folder, 'pages'))
  const path = scannedPage()
  const sealer = createPageSealer({ work, shelf, recipient })
  const failing = sealer.sealPage(path, () => {
    throw new Error('disk full')
  })
  await expect(failing).rejects.toThrow('disk full')
  const { captureHash } = await sealer.sealPage(path)
  expect(captureHash).toBe(sha256(page))
})

test('the plaintext goes only when the ciphertext is durable', async () => {
  const path = scannedPage()
  const seen: string[] = []
  const shelf = createPageShelf(join(folder, 'pages'), ({ phase, effect }) => {
    seen.push(`${phase} ${effect} ${existsSync(path) ? 'plaintext there' : 'plaintext gone'}`)
  })
  await createPageSealer({ work, shelf, recipient }).sealPage(path)
  expect(seen).toEqual([
    'before write:file plaintext there',
    'after write:file plaintext there',
    'before fsync:file plaintext there',
    'after fsync:file plaintext there',
    'before rename:file plaintext there',
    'after rename:file plaintext there',
    'before fsync:folder plaintext there',
    'after fsync:folder plaintext there',
  ])
  expect(existsSync(path)).toBe(false)
})

test('a disk that fails leaves the page where it was, and no half of it on the shelf', async () => {
  const path = scannedPage()
  const shelf = createPageShelf(join(folder, 'pages'), ({ phase, effect }) => {
    if (phase === 'before' && effect === 'fsync:file') throw new Error('ENOSPC')
  })
  await expect(createPageSealer({ work, shelf, recipient }).sealPage(path)).rejects.toThrow()
  expect(existsSync(path)).toBe(true)
  expect(readdirSync(join(folder, 'pages'))).toEqual([])
})

test('the thread looks, draws the preview, says what it cannot read, and goes on', async () => {
  const path = scannedPage()
  const { skewDegrees, blank } = await work.inspect(path)
  expect(blank).toBe(false)
  expect(skewDegrees).toBeCloseTo(3, 0)
  const preview = await work.preview(path, { maxPx: 400, skewDegrees: 3 })
  expect((await sharp(preview).metadata()).height).toBe(400)
  const broken = join(folder, 'broken.jpg')
  writeFileSync(broken, page.subarray(0, 5_000))
  await expect(work.inspect(broken)).rejects.toThrow('could not be worked on')
  await expect(work.inspect(join(folder, 'none.jpg'))).rejects.toThrow('could not be worked on')
  await expect(work.inspect(path)).resolves.toMatchObject({ blank: false })
})

test('the shelf keeps receipts with their pages, and forgets what no row names', async () => {
  const shelf = createPageShelf(join(folder, 'pages'))
  const [kept, other] = ['a'.repeat(64), 'b'.repeat(64)]
  await shelf.put(kept, Buffer.from('1'))
  await shelf.put(other, Buffer.from('2'))
  await shelf.put(other, Buffer.from('2'))
  await shelf.putReceipt(kept, '{"ok":1}')
  await shelf.putReceipt(other, '{"ok":2}')
  writeFileSync(join(folder, 'pages', '.x.age.1.tmp'), 'half')
  expect([...(await shelf.list())].sort()).toEqual([kept, other])
  await shelf.removeAllBut(new Set([kept]))
  expect(await shelf.list()).toEqual([kept])
  expect(await shelf.receipt(kept)).toBe('{"ok":1}')
  expect(await shelf.receipt(other)).toBeUndefined()
  expect(await shelf.read(other)).toBeUndefined()
  expect(readdirSync(join(folder, 'pages'))).toHaveLength(2)
  expect(() => shelf.read('../../etc/passwd')).toThrow(RangeError)
})

test('the scan folder is ours alone, empty at start, and knows whether it is memory', () => {
  const path = join(folder, 'scans')
  mkdirSync(join(path, 'earlier'), { recursive: true })
  writeFileSync(join(path, 'earlier', 'page.jpg'), page)
  writeFileSync(join(path, 'page.jpg.part'), page)
  const opened = openScanFolder(path)
  expect(readdirSync(path)).toEqual([])
  expect(statSync(path).mode & 0o777).toBe(0o700)
  writeFileSync(join(path, 'page.jpg'), page)
  opened.wipePlaintext()
  expect(readdirSync(path)).toEqual([])

  const inMemory = mkdtempSync('/dev/shm/scans-')
  try {
    expect(openScanFolder(inMemory).inMemory).toBe(true)
  } finally {
    rmSync(inMemory, { recursive: true })
  }
  expect(opened.inMemory).toBe([0x0102_1994, 0x8584_58f6].includes(statfsSync(path).type))
})

test('a scan folder that leads elsewhere is refused', () => {
  const link = join(folder, 'link')
  symlinkSync(folder, link)
  expect(() => openScanFolder(link)).toThrow('no folder of its own')
})
