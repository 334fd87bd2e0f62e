import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Store } from './open-store.ts'
import { StoreConflict } from './store-conflict.ts'
import {
  openSampleStore,
  sampleClock,
  sampleIntakeId,
  samplePage,
  sampleSeal,
} from './testing/sample.ts'

let folder = ''
let store: Store
const clock = sampleClock()
const [first, second, third] = [samplePage(1), samplePage(2), samplePage(3)]
const hashes = (...pages: { contentHash: string }[]) => pages.map(({ contentHash }) => contentHash)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-pages-'))
  store = openSampleStore(folder, { clock })
  for (const page of [first, second, third]) store.pages.keepDraftPage(page)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

it('finds kept pages again for their person only, in order', () => {
  store.pages.keepDraftPage({ ...samplePage(4), personHash: null })
  expect(store.pages.draftPages(first.personHash).map(({ contentHash }) => contentHash)).toEqual(
    hashes(first, second, third),
  )
  expect(store.pages.draftPages('0'.repeat(64))).toEqual([])
})

it('moves pages into their dossier in the citizen’s order, once', () => {
  const pages = hashes(third, first)
  store.flow.sealDossier({ ...sampleSeal(1, 1), pages })
  expect(store.pages.pagesOf(sampleIntakeId(1))).toEqual(pages)
  expect(store.pages.draftPages(first.personHash)).toHaveLength(1)
  const again = () => store.flow.sealDossier({ ...sampleSeal(2, 2), pages })
  expect(again).toThrow(StoreConflict)
  expect(store.flow.dossier(sampleIntakeId(2))).toBeUndefined()
  expect(store.pages.pagesOf(sampleIntakeId(1))).toEqual(pages)
})

it('drops what is left out, and never a page of a dossier', () => {
  store.flow.sealDossier({ ...sampleSeal(1, 1), pages: hashes(first) })
  store.pages.dropDraftPages(hashes(first, second))
  expect([...store.pages.namedPages()]).toEqual(expect.arrayContaining(hashes(first, third)))
  expect(store.pages.namedPages().size).toBe(2)
})

it('forgets by running time what nobody came back for', () => {
  store.flow.sealDossier({ ...sampleSeal(1, 1), pages: hashes(first) })
  expect(store.pages.expireDraftPages(clock.running)).toBe(0)
  expect(store.pages.expireDraftPages(clock.running + 1)).toBe(2)
  expect([...store.pages.namedPages()]).toEqual(hashes(first))
})

it('lets the pages of an abandoned dossier go with it', () => {
  store.flow.sealDossier({ ...sampleSeal(1, 1), pages: hashes(first, second, third) })
  store.flow.abandonDossier(sampleIntakeId(1), 'nothing', 'empty')
  expect(store.pages.namedPages().size).toBe(0)
})
