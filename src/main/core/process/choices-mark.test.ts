import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openChoicesMark } from './choices-mark.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'choices-mark-'))
  path = join(folder, 'choices')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const wish = {
  language: 'km',
  display: { largeText: true, highContrast: false, reach: true },
} as const

it('tells the next core how its person wanted the screen, until they have gone', () => {
  const first = openChoicesMark(path, true)
  expect(first.last).toBeUndefined()
  first.note(wish)
  expect(openChoicesMark(path, true).last).toEqual(wish)
  first.clear()
  expect(openChoicesMark(path, true).last).toBeUndefined()
})

it('forgets them for good when their person cannot be here any more', () => {
  openChoicesMark(path, true).note(wish)
  expect(openChoicesMark(path, false).last).toBeUndefined()
  expect(openChoicesMark(path, true).last).toBeUndefined()
})

it.each(['{', '{"language":"xx"}', '[]'])('takes %s for nothing chosen', (text) => {
  writeFileSync(path, text)
  expect(openChoicesMark(path, true).last).toBeUndefined()
})

it('stops nobody when the disk takes nothing', () => {
  const mark = openChoicesMark(join(folder, 'not there', 'choices'), true)
  expect(() => mark.note(wish)).not.toThrow()
  expect(() => mark.clear()).not.toThrow()
})
