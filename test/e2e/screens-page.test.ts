import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { updatesPictures } from '../support/screen/picture.ts'
import { screensPage } from '../support/screen/screens-page.ts'

const folder = new URL('../../docs/screens/', import.meta.url)
const file = new URL('README.md', folder)

it('docs/screens shows every picture, and each by what it is', () => {
  const page = screensPage(readdirSync(folder))
  if (updatesPictures) writeFileSync(file, page)
  expect(readFileSync(file, 'utf8')).toBe(page)
})
