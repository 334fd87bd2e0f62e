import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openScreenMark } from './screen-mark.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'screen-mark-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('tells the next core what was on the screen, and nothing when nothing was', () => {
  const path = join(folder, 'on-screen')
  const first = openScreenMark(path)
  expect(first.last).toBeUndefined()
  first.note('K07-1-000001-J')
  first.note('K07-1-000002-K')
  expect(openScreenMark(path).last).toBe('K07-1-000002-K')
  first.clear()
  expect(openScreenMark(path).last).toBeUndefined()
})
