import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPageShelf, type PageShelf } from '../../pages/page-shelf.ts'
import { diskFaultOf } from '../../store/disk-fault.ts'
import { watchedPages } from './watched-pages.ts'

const page = Buffer.from('ciphertext')
const hash = createHash('sha256').update(page).digest('hex')

let folder: string
let shelf: PageShelf
let blamed: (string | undefined)[]
const blame = (error: unknown) => void blamed.push(diskFaultOf(error))
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watched-pages-'))
  shelf = createPageShelf(folder)
  blamed = []
  await shelf.put(hash, page)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const eio = () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }))

it('gives a whole page as it is, and keeps its receipt', async () => {
  const pages = watchedPages(shelf, blame)
  expect(await pages.read(hash)).toEqual(page)
  await pages.putReceipt(hash, 'receipt')
  expect(await pages.receipt(hash)).toBe('receipt')
  expect(blamed).toEqual([])
})

it.each([
  ['gone', () => rmSync(join(folder, `${hash}.age`))],
  ['cut off', () => writeFileSync(join(folder, `${hash}.age`), page.subarray(1))],
  ['empty', () => writeFileSync(join(folder, `${hash}.age`), '')],
])('has no page that is %s, and blames the disk', async (_, damage) => {
  damage()
  expect(await watchedPages(shelf, blame).read(hash)).toBeUndefined()
  expect(blamed).toEqual(['DISK_ERROR'])
})

it('reads a second time before a page counts as lost', async () => {
  let reads = 0
  const once = () => {
    reads += 1
    return reads === 1 ? eio() : shelf.read(hash)
  }
  expect(await watchedPages({ ...shelf, read: once }, blame).read(hash)).toEqual(page)
  expect(await watchedPages({ ...shelf, read: eio }, blame).read(hash)).toBeUndefined()
})

it('goes on without a receipt that the disk takes or gives no more', async () => {
  const pages = watchedPages({ ...shelf, receipt: eio, putReceipt: eio }, blame)
  expect(await pages.receipt(hash)).toBeUndefined()
  await pages.putReceipt(hash, 'receipt')
  expect(blamed).toEqual(['DISK_ERROR', 'DISK_ERROR'])
})

it('lets a bug be one', async () => {
  const bug = () => Promise.reject(new TypeError('a bug'))
  await expect(watchedPages({ ...shelf, read: bug }, blame).read(hash)).rejects.toThrow('a bug')
  expect(blamed).toEqual([])
})
